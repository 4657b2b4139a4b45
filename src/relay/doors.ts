import type { IncomingMessage, Server } from 'node:http';
import type { Socket as Connection } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Hocuspocus } from '@hocuspocus/server';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { mailLimits } from '$lib/sync/mail-protocol';
import { closeCodes, limits, paths } from '$lib/sync/protocol';
import type { Seated } from './access';
import { answerCalls } from './ask';
import { Bucket } from './bucket';
import type { Asking } from './calls/asking';
import type { Metrics } from './metrics';
import { addressOf, isWelcome } from './origins';
import type { Settings } from './settings';
import { answerMail } from './smtp/answer';
import type { Outbox } from './smtp/outbox';
import { Socket } from './socket';

/** What a frame of the protocol adds to the document in it, at most. */
const framing = 64 * 1024;
/** Bytes that a socket may send, and milliseconds that it may take, before it is let into a room. */
const mostUnknown = 512 * 1024;
const longestUnknown = 10_000;
/** Milliseconds between pings; who missed one is gone. */
const pingEvery = 25_000;

interface Behind {
	readonly hocuspocus: Hocuspocus<Seated>;
	readonly asking: Asking;
	readonly settings: Settings;
	readonly metrics: Metrics;
	/** Where there is a mail server. */
	readonly outbox: Outbox | undefined;
}

/** The ways in for devices. Counts who is there, and lets nobody in while the relay stops. */
export class Doors {
	readonly #behind: Behind;
	readonly #sync: WebSocketServer;
	readonly #ask: WebSocketServer;
	readonly #mail: WebSocketServer | undefined;
	/** By socket, the address that it is from. */
	readonly #open = new Map<WebSocket, string>();
	readonly #syncing = new Set<Socket>();
	readonly #calls = new Map<string, Bucket>();
	#isHeld = false;

	constructor(server: Server, behind: Behind) {
		this.#behind = behind;
		const { settings, metrics } = behind;
		const options = { noServer: true, perMessageDeflate: false, clientTracking: false };
		this.#sync = new WebSocketServer({ ...options, maxPayload: settings.maxDocument + framing });
		this.#ask = new WebSocketServer({ ...options, maxPayload: limits.blobPart + framing });
		if (behind.outbox)
			this.#mail = new WebSocketServer({ ...options, maxPayload: mailLimits.frame });
		metrics.gauge('sockets', () => this.#open.size);
		server.on('upgrade', (request, raw, head) => this.#upgrade(request, raw, head));
		setInterval(() => this.#forget(), pingEvery).unref();
	}

	/** Nobody new, and nothing more from who is there. */
	hold(): void {
		this.#isHeld = true;
		for (const ws of this.#open.keys()) ws.pause();
	}

	/** A room cannot be opened now: who waits for it comes back later, instead of taking that for a refusal. */
	sendAway(room: string): void {
		for (const socket of this.#syncing)
			if (socket.rooms.has(room)) socket.cut(closeCodes.restart, 'unavailable');
	}

	close(): void {
		for (const ws of this.#open.keys()) {
			ws.resume();
			ws.close(closeCodes.restart, 'restart');
		}
	}

	#upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): void {
		// Until the library listens, a socket that breaks would take the process with it.
		raw.on('error', () => raw.destroy());
		const { settings, metrics } = this.#behind;
		const address = addressOf(request, settings);
		const path = (request.url ?? '').split('?')[0];
		const fromThere = [...this.#open.values()].filter((other) => other === address).length;
		const door = this.#doorAt(path);
		if (!door) return refuse(404, 'Not Found');
		if (!isWelcome(request, settings)) return refuse(403, 'Forbidden');
		if (this.#isHeld) return refuse(503, 'Service Unavailable');
		if (this.#open.size >= settings.maxSockets || fromThere >= settings.maxSocketsEach)
			return refuse(429, 'Too Many Requests');
		door.handleUpgrade(request, raw, head, (ws) => {
			this.#open.set(ws, address);
			ws.on('close', () => this.#open.delete(ws));
			// Frames that break the protocol close the socket, which is all there is to do.
			ws.on('error', () => metrics.add('refused', 1, 'why="frame"'));
			const { asking, outbox } = this.#behind;
			if (door === this.#sync) this.#serveSync(ws, raw as Connection);
			else if (door === this.#mail) answerMail(ws, this.#callsFrom(address), asking, outbox!);
			else answerCalls(ws, this.#callsFrom(address), asking);
		});

		function refuse(status: number, words: string): void {
			metrics.add('refused', 1, `why="${status}"`);
			raw.end(`HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
		}
	}

	#doorAt(path: string | undefined): WebSocketServer | undefined {
		switch (path) {
			case paths.sync:
				return this.#sync;
			case paths.ask:
				return this.#ask;
			case paths.mail:
				return this.#mail;
		}
	}

	#serveSync(ws: WebSocket, raw: Connection): void {
		const { hocuspocus, settings, metrics } = this.#behind;
		const socket = new Socket(ws, settings.maxDocument, metrics);
		this.#syncing.add(socket);
		ws.on('close', () => this.#syncing.delete(socket));
		// Nothing of the request is needed further in.
		const request = new Request(`http://relay${paths.sync}`);
		// The seat comes with the first room that lets it in.
		const library = hocuspocus.handleConnection(socket, request, { socket } as Seated);
		ws.on('message', (data: RawData, isBinary: boolean) => {
			const frame = new Uint8Array(data as Buffer);
			if (!isBinary) socket.cut(closeCodes.unauthorised, 'invalid');
			else if (socket.accepts(frame)) library.handleMessage(frame);
		});
		ws.on('close', (code, reason) => library.handleClose({ code, reason: String(reason) }));
		this.#watchUnknown(socket, ws, raw);
		this.#ping(ws, () => (library.lastMessageReceivedAt = Date.now()));
	}

	/** Frames may be as large as a document, but not of somebody who is nobody yet. */
	#watchUnknown(socket: Socket, ws: WebSocket, raw: Connection): void {
		const cut = () => socket.cut(closeCodes.unauthorised, 'not admitted');
		const timer = setTimeout(cut, longestUnknown);
		const start = raw.bytesRead;
		const look = () => {
			if (raw.bytesRead - start <= mostUnknown) return;
			cut();
			ws.terminate();
		};
		const end = () => {
			clearTimeout(timer);
			raw.off('data', look);
		};
		raw.on('data', look);
		ws.on('close', end);
		socket.onAdmitted = end;
	}

	#ping(ws: WebSocket, heard: () => void): void {
		let isHeard = true;
		ws.on('pong', () => {
			isHeard = true;
			heard();
		});
		const timer = setInterval(() => {
			if (!isHeard) return ws.terminate();
			isHeard = false;
			ws.ping();
		}, pingEvery);
		ws.on('close', () => clearInterval(timer));
	}

	#callsFrom(address: string): Bucket {
		const found = this.#calls.get(address) ?? new Bucket(200, 20, performance.now());
		this.#calls.set(address, found);
		return found;
	}

	#forget(): void {
		const now = performance.now();
		for (const [address, bucket] of this.#calls)
			if (bucket.isRested(now)) this.#calls.delete(address);
	}
}
