import type { RawData, WebSocket } from 'ws';
import { err, type Result } from '$lib/result';
import {
	AskCall,
	callArguments,
	closeCodes,
	limits,
	readPart,
	writePart,
	type AskAnswer,
	type AskError,
	type AskPart,
	type Call
} from '$lib/sync/protocol';
import { Bucket } from './bucket';
import { refuse, type Answering, type Asking } from './calls/asking';
import { storePart, takePart } from './calls/blobs';
import { calls } from './calls/calls';
import { say, whyOf } from './say';

/** Milliseconds without a word after which a socket is closed. */
const idle = 120_000;

/**
 * Answers one socket on `/ask`, one thing after the other: nothing more is read of it meanwhile. `all` bounds what comes
 * from its address, over all its sockets.
 */
export function answerCalls(ws: WebSocket, all: Bucket, asking: Asking): void {
	let last = Promise.resolve();
	const end = setTimeout(() => ws.close(1000, 'idle'), idle);
	ws.on('close', () => clearTimeout(end));
	ws.on('message', (data: RawData, isBinary: boolean) => {
		end.refresh();
		ws.pause();
		last = last
			.then(() =>
				isBinary ? answerPart(ws, data, all, asking) : answerText(ws, data, all, asking)
			)
			.catch((error: unknown) => say('error', 'call failed', { why: whyOf(error) }))
			.then(() => ws.resume());
	});
}

async function answerText(
	ws: WebSocket,
	data: RawData,
	all: Bucket,
	asking: Asking
): Promise<void> {
	const bytes = bytesOf(data);
	if (bytes.length > limits.ask) return ws.close(1009, 'too large');
	const read = AskCall.safeParse(jsonOf(bytes));
	if (!read.success) {
		await send(ws, { id: null, error: { type: 'invalid', message: 'That is no call.' } });
		return ws.close(closeCodes.unauthorised, 'invalid');
	}
	const { id, call, ...rest } = read.data;
	if (!all.take(1, performance.now())) {
		await send(ws, { id, error: { type: 'tooMany', message: 'Too many calls. Wait a little.' } });
		return ws.close(closeCodes.tooMany, 'flood');
	}
	if (call === 'takeBlob') return answerTake(ws, rest, asking);
	const answer = await answered(call, rest, asking);
	await send(ws, answer.ok ? { id, ok: answer.value } : { id, error: answer.error });
}

/** The world's failures become `unavailable`; what exactly is the relay's own business. */
async function answered<C extends Exclude<Call, 'takeBlob'>>(
	call: C,
	rest: unknown,
	asking: Asking
): Promise<Result<unknown, AskError>> {
	const args = callArguments[call].safeParse(rest);
	if (!args.success) {
		const wrong = args.error.issues.map(({ path }) => path.join('.')).join(', ');
		return refuse('invalid', `Not as they should be: ${wrong}`);
	}
	try {
		// TypeScript cannot tie the arguments that were looked up to the call that was.
		const answer = calls[call] as Answering<C>;
		return await answer(args.data as Parameters<typeof answer>[0], asking);
	} catch (error) {
		return unavailable(call, error);
	}
}

async function answerPart(
	ws: WebSocket,
	data: RawData,
	all: Bucket,
	asking: Asking
): Promise<void> {
	const read = readPart(bytesOf(data));
	if (!read) return ws.close(closeCodes.unauthorised, 'invalid');
	if (!all.take(1, performance.now())) return ws.close(closeCodes.tooMany, 'flood');
	const { blob, part } = read;
	const stored = await storePart(read, asking).catch((error) => unavailable('part', error));
	await send(ws, { blob, part, ...(stored.ok ? {} : { error: stored.error }) });
}

async function answerTake(ws: WebSocket, rest: unknown, asking: Asking): Promise<void> {
	const args = callArguments.takeBlob.safeParse(rest);
	if (!args.success) return ws.close(closeCodes.unauthorised, 'invalid');
	const taken = await takePart(args.data, asking).catch((error) => unavailable('takeBlob', error));
	if (taken.ok) await send(ws, writePart(taken.value));
	else await send(ws, { ...args.data, error: taken.error });
}

function unavailable(call: string, error: unknown): Result<never, AskError> {
	say('error', 'call failed', { call, why: whyOf(error) });
	return err({ type: 'unavailable', message: 'The relay cannot do that now. Try again.' });
}

/** When it left this process: who does not read is not sent more. */
function send(ws: WebSocket, message: AskAnswer | AskPart | Uint8Array): Promise<void> {
	const frame = message instanceof Uint8Array ? message : JSON.stringify(message);
	return new Promise((sent) => ws.send(frame, () => sent()));
}

function jsonOf(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		return undefined;
	}
}

/** `ws` gives one buffer as it is set up here. */
const bytesOf = (data: RawData): Uint8Array => new Uint8Array(data as Buffer);
