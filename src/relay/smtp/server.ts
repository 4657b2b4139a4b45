import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { err, ok } from '$lib/result';
import type { MailMessage } from '$lib/sync/mail-protocol';
import { say } from '../say';
import { diagnosticOf } from './diagnostic';
import type { MailSettings } from './settings';

/** What came of handing a message to the mail server once. `text` is without addresses. */
export type Delivery =
	| { readonly state: 'sent'; readonly code: number; readonly text: string }
	| {
			readonly state: 'refused';
			readonly code: number;
			readonly text: string;
			readonly of: 'recipient' | 'content';
	  }
	/** All of it was handed over, and then the connection was gone. */
	| { readonly state: 'unsure' }
	/** It was not taken. */
	| {
			readonly state: 'failed';
			readonly code: number;
			readonly text: string;
			readonly of: 'recipient' | 'content' | 'sender' | 'server';
			/** It may help to try again soon. */
			readonly isPassing: boolean;
	  };

/** The relay's mail server, over connections that are kept. */
export interface MailServer {
	deliver(message: MailMessage): Promise<Delivery>;
	close(): void;
}

/** Bytes of a message that are handed on at a time. */
const slice = 16 * 1024;

export function mailServer(settings: MailSettings): MailServer {
	const { host, port, secure, requireTls, user, password, connections } = settings;
	const transport = createTransport({
		pool: true,
		...{ host, port, secure, requireTLS: requireTls, maxConnections: connections },
		...(user !== undefined && { auth: { user, pass: password ?? '' } }),
		// By default it sends a message again whose connection closed, even after all of it was handed over.
		maxRequeues: 0,
		connectionTimeout: 30_000,
		allowInternalNetworkInterfaces: true,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	// Of connections that nobody uses at present.
	transport.on('error', () => undefined);
	const bodies = new Map<unknown, Body>();
	// The last step before the message is handed on: as bytes, of which we see how many are taken.
	transport.use('stream', (mail, done) => {
		mail.message.build((error, bytes) => {
			if (error || !bytes) return done(error ?? new Error('The message is empty.'));
			const body = new Body(bytes);
			bodies.set((mail.data as { key?: unknown }).key, body);
			mail.message.createReadStream = () => body;
			done();
		});
	});

	return {
		async deliver(message) {
			const { from, to, replyTo, subject, html, text, headers } = message;
			const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
			const key = Symbol();
			const tried = await transport
				.sendMail({
					...{ from, to, subject, html, text, headers, key },
					...(replyTo !== undefined && { replyTo }),
					messageId: `<${message.messageId ?? message.id}@${domain}>`,
					envelope: { from: from.address, to: [to.address] },
					xMailer: false
				})
				.then(ok, (error: SmtpError) => err(error));
			const isTaken = bodies.get(key)?.isTaken ?? false;
			bodies.delete(key);
			if (!tried.ok) return failed(tried.error, isTaken, to.address);
			const { response } = tried.value;
			return { state: 'sent', code: codeOf(response), text: diagnosticOf(response, to.address) };
		},
		close: () => transport.close()
	};
}

function failed(error: SmtpError, isTaken: boolean, address: string): Delivery {
	const delivery = deliveryOf(error, isTaken, address);
	const { code: why, command, responseCode: code } = error;
	if (delivery.state === 'unsure' || (delivery.state === 'failed' && delivery.of === 'server'))
		say('warn', 'mail server', { state: delivery.state, why, command, code });
	return delivery;
}

/** A message as bytes. Nothing of it is read before the server said that it takes it. */
class Body extends Readable {
	readonly #bytes: Buffer;
	#at = 0;
	/** The end of it was handed on, and with it the final dot. */
	isTaken = false;

	constructor(bytes: Buffer) {
		super();
		this.#bytes = bytes;
	}

	override _read(): void {
		const end = Math.min(this.#at + slice, this.#bytes.length);
		if (end === this.#bytes.length) this.isTaken = true;
		this.push(this.#bytes.subarray(this.#at, end));
		this.#at = end;
		if (this.isTaken) this.push(null);
	}
}

/** What the library says of a failure. */
export interface SmtpError {
	readonly code?: string | undefined;
	/** The command that it happened in. */
	readonly command?: string | undefined;
	readonly response?: string | undefined;
	readonly responseCode?: number | undefined;
}

/**
 * What a failure means for the message. Only what a server says of this recipient or this content is about them; that it
 * does not know the relay, refuses the sender or is away is not.
 */
export function deliveryOf(error: SmtpError, isTaken: boolean, address: string): Delivery {
	const { command = '', response = '', responseCode: code = 0 } = error;
	if (isTaken && code === 0) return { state: 'unsure' };
	const text = diagnosticOf(response, address);
	// Out of turn: of the session, not of the message.
	const isFinal = code >= 500 && code !== 503;
	const isOfMessage = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
	const of =
		isOfMessage && command === 'RCPT TO'
			? 'recipient'
			: isOfMessage && command === 'DATA'
				? 'content'
				: command === 'MAIL FROM'
					? 'sender'
					: 'server';
	if (isFinal && (of === 'recipient' || of === 'content'))
		return { state: 'refused', code, text, of };
	const isPassing = !isFinal && error.code !== 'ETLS' && error.code !== 'EAUTH';
	return { state: 'failed', code, text: text || inWords(error), of, isPassing };
}

/** Where no server said anything. Not the library's words: they name machines. */
function inWords({ code = '' }: SmtpError): string {
	switch (code) {
		case 'EAUTH':
			return 'The mail server does not accept the relay’s user and password.';
		case 'ETLS':
			return 'No encrypted connection to the mail server can be made.';
		case 'EDNS':
			return 'The mail server’s name is not known.';
		case 'ETIMEDOUT':
			return 'The mail server takes too long.';
		default:
			return 'The mail server does not answer.';
	}
}

const codeOf = (response: string): number => Number(/^\d{3}/.exec(response)?.[0] ?? 250);
