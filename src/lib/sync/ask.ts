import { jsonFrom } from '$lib/json';
import { err, ok, type Result } from '$lib/result';
import {
	AskAnswer,
	AskPart,
	callAnswers,
	paths,
	readPart,
	writePart,
	type AskError,
	type BlobPart,
	type Call,
	type CallAnswer,
	type CallArguments
} from './protocol';

/** `unreachable`: no relay answers at this address, or the connection broke. */
export type AskFailure = AskError | { readonly type: 'unreachable'; readonly message: string };

/** Calls of a relay, over one socket that is opened with the first of them and let go of after the last. */
export interface Ask {
	call<C extends Call>(call: C, args: CallArguments<C>): Promise<Result<CallAnswer<C>, AskFailure>>;
	/** Stores one part of a blob that was announced. */
	put(part: BlobPart): Promise<Result<void, AskFailure>>;
	/** Fetches one part of a blob. */
	take(blob: string, part: number): Promise<Result<Uint8Array, AskFailure>>;
	close(): void;
}

/** Milliseconds until an answer is not waited for any more, and until a socket that nobody uses is closed. */
const [patience, idle] = [20_000, 10_000];

type Settle = (answer: Result<unknown, AskFailure>) => void;

/** `relay`: its address, `wss://…` or `ws://…`, without a path of ours. */
export function askRelay(relay: string, { timeout = patience } = {}): Ask {
	let opening: Promise<Result<WebSocket, AskFailure>> | undefined;
	let idleTimer: ReturnType<typeof setTimeout> | undefined;
	let lastId = 0;
	const waiting = new Map<string, Settle>();

	const broken: AskFailure = { type: 'unreachable', message: 'The connection broke.' };
	const partName = (blob: string, part: number) => `${blob}/${part}`;

	function open(): Promise<Result<WebSocket, AskFailure>> {
		return (opening ??= new Promise((resolve) => {
			let socket: WebSocket;
			try {
				socket = new WebSocket(relay.replace(/\/$/, '') + paths.ask);
			} catch (error) {
				opening = undefined;
				return resolve(err({ type: 'unreachable', message: String(error) }));
			}
			socket.binaryType = 'arraybuffer';
			const late = setTimeout(() => socket.close(), timeout);
			socket.onopen = () => {
				clearTimeout(late);
				resolve(ok(socket));
			};
			socket.onmessage = ({ data }: MessageEvent<unknown>) => hear(data);
			socket.onerror = () => undefined; // its close says it too
			socket.onclose = () => {
				clearTimeout(late);
				opening = undefined;
				resolve(err({ type: 'unreachable', message: `Nothing answers at ${relay}.` }));
				for (const settle of [...waiting.values()]) settle(err(broken));
			};
		}));
	}

	function hear(data: unknown): void {
		if (data instanceof ArrayBuffer) {
			const part = readPart(new Uint8Array(data));
			if (part) waiting.get(partName(part.blob, part.part))?.(ok(part.bytes));
			return;
		}
		const said: unknown = jsonFrom(data);
		const part = AskPart.safeParse(said);
		if (part.success) {
			const { blob, part: number, error } = part.data;
			return waiting.get(partName(blob, number))?.(error ? err(error) : ok(undefined));
		}
		const answer = AskAnswer.safeParse(said);
		if (!answer.success) return;
		const settle = waiting.get(String(answer.data.id));
		settle?.('error' in answer.data ? err(answer.data.error) : ok(answer.data.ok));
	}

	/** Sends, and waits for the answer that goes by this name. */
	async function ask(
		name: string,
		message: string | Uint8Array<ArrayBuffer>
	): Promise<Result<unknown, AskFailure>> {
		clearTimeout(idleTimer);
		const socket = await open();
		if (!socket.ok) return socket;
		return new Promise((resolve) => {
			const settle: Settle = (answer) => {
				clearTimeout(timer);
				waiting.delete(name);
				if (waiting.size === 0) idleTimer = setTimeout(() => socket.value.close(), idle);
				resolve(answer);
			};
			const timer = setTimeout(
				() => settle(err({ type: 'unreachable', message: 'The relay does not answer.' })),
				timeout
			);
			waiting.set(name, settle);
			socket.value.send(message);
		});
	}

	return {
		async call<C extends Call>(call: C, args: CallArguments<C>) {
			const id = ++lastId;
			const answer = await ask(String(id), JSON.stringify({ ...args, id, call }));
			if (!answer.ok) return answer;
			const parsed = callAnswers[call].safeParse(answer.value);
			if (parsed.success) return ok(parsed.data as CallAnswer<C>);
			return err({
				type: 'invalid',
				message: `The relay answered “${call}” in no way known here.`
			});
		},
		async put(part) {
			const answer = await ask(partName(part.blob, part.part), writePart(part));
			return answer.ok ? ok(undefined) : answer;
		},
		async take(blob, part) {
			const answer = await ask(
				partName(blob, part),
				JSON.stringify({ id: ++lastId, call: 'takeBlob', blob, part })
			);
			if (!answer.ok) return answer;
			return answer.value instanceof Uint8Array
				? ok(answer.value)
				: err({ type: 'invalid', message: 'The relay sent no part.' });
		},
		close() {
			clearTimeout(idleTimer);
			void opening?.then((socket) => socket.ok && socket.value.close());
		}
	};
}
