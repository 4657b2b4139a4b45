import { createDecoder, readVarString, readVarUint } from 'lib0/decoding';
import type { WebSocketLike } from '@hocuspocus/server';
import type { WebSocket } from 'ws';
import { closeCodes, limits, roomFrom } from '$lib/sync/protocol';
import { Bucket } from './bucket';
import type { Metrics } from './metrics';
import { say } from './say';

/** Kinds of messages that a device may send, by Hocuspocus' numbers. The others are between relays. */
const kinds = { sync: 0, presence: 1, auth: 2, askPresence: 3, reply: 4, stateless: 5, close: 7 };
const allowed: ReadonlySet<number> = new Set(Object.values(kinds));

/** Messages that one SyncStep1 counts as: it may be answered with a whole document. */
const askCost = 10;

const pong = 10;

/** One device's socket on `/sync`: everything that comes and goes passes here, and is bounded here. */
export class Socket implements WebSocketLike {
	/** That it opened, or tries to. */
	readonly rooms = new Set<string>();
	readonly #ws: WebSocket;
	readonly #metrics: Metrics;
	readonly #messages = new Bucket(400, 100, performance.now());
	readonly #bytes: Bucket;
	readonly #mostUnread: number;
	#isOver = false;
	/** Called when the first of its rooms lets it in. */
	onAdmitted = (): void => {};

	constructor(ws: WebSocket, maxDocument: number, metrics: Metrics) {
		this.#ws = ws;
		this.#metrics = metrics;
		this.#bytes = new Bucket(2 * maxDocument, 1024 * 1024, performance.now());
		this.#mostUnread = 2 * maxDocument;
	}

	admit(): void {
		this.onAdmitted();
	}

	get readyState(): number {
		return this.#ws.readyState;
	}

	send(message: string | ArrayBufferLike | Blob | ArrayBufferView): void {
		if (this.#isOver) return;
		if (this.#ws.bufferedAmount > this.#mostUnread)
			return this.cut(closeCodes.tooMany, 'slow reader');
		// What cannot be sent is found out by the socket's own end.
		this.#ws.send(message as Uint8Array, () => {});
	}

	close(code?: number, reason?: string): void {
		this.#ws.close(code, reason);
	}

	/** Ends it, and drops whatever else it sent or did not read. */
	cut(code: number, reason: string): void {
		if (this.#isOver) return;
		this.#isOver = true;
		this.#metrics.add('refused', 1, `why="${reason}"`);
		say('warn', 'socket cut', { code, reason, rooms: [...this.rooms] });
		this.#ws.close(code, reason);
		// Who does not read will not read that either.
		if (this.#ws.bufferedAmount > this.#mostUnread) this.#ws.terminate();
		else setTimeout(() => this.#ws.terminate(), 1_000).unref();
	}

	/** Whether a frame may go on to the library. Cuts the socket off for one that may not. */
	accepts(frame: Uint8Array): boolean {
		if (this.#isOver) return false;
		if (frame.length === 1 && frame[0] === pong) return false;
		const refused = this.#refused(frame, performance.now());
		if (!refused) return true;
		this.cut(refused.code, refused.reason);
		return false;
	}

	#refused(frame: Uint8Array, now: number): { code: number; reason: string } | undefined {
		const read = readHead(frame);
		const invalid = { code: closeCodes.unauthorised, reason: 'invalid' };
		if (!read || !allowed.has(read.kind)) return invalid;
		const cost = read.asks ? askCost : 1;
		if (!this.#messages.take(cost, now) || !this.#bytes.take(frame.length, now))
			return { code: closeCodes.tooMany, reason: 'flood' };
		if (read.kind === kinds.presence && frame.length > limits.presence)
			return { code: closeCodes.tooMany, reason: 'presence too large' };
		this.rooms.add(read.room);
		if (this.rooms.size > limits.rooms)
			return { code: closeCodes.tooMany, reason: 'too many rooms' };
		return;
	}
}

/** Where a frame goes and what it is, or nothing for what is none of ours. */
function readHead(frame: Uint8Array): { room: string; kind: number; asks: boolean } | undefined {
	try {
		const decoder = createDecoder(frame);
		const [room = '', session] = readVarString(decoder).split('\0');
		if (!roomFrom(room) || (session !== undefined && !/^[\w-]{1,64}$/.test(session))) return;
		const kind = readVarUint(decoder);
		const isSync = kind === kinds.sync || kind === kinds.reply;
		return { room, kind, asks: isSync && readVarUint(decoder) === 0 };
	} catch {
		// Anything may stand there: it ends too early or is no text.
		return;
	}
}
