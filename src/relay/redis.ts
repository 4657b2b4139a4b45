import { Redis as RedisExtension } from '@hocuspocus/extension-redis';
import { OutgoingMessage } from '@hocuspocus/server';
import type {
	afterLoadDocumentPayload,
	Document,
	onAwarenessUpdatePayload,
	onChangePayload,
	onConfigurePayload
} from '@hocuspocus/server';
import { Redis } from 'ioredis';
import { say, whyOf } from './say';

/** Milliseconds that a document waits for the other relays before it opens without them. */
const longestWait = 1_500;
/** Milliseconds between meetings, when all is well and when Redis is away. */
const pause = 15_000;
const pauseAlone = 2_000;

const prefix = 'winnow';
/** Workspaces whose members or epoch changed. */
const changedChannel = `${prefix}#members`;

interface Others {
	/** Reads what other relays stored of a document, without Redis. */
	readonly meet: (document: Document) => Promise<unknown>;
	/** Another relay changed the members of a workspace, or its epoch. */
	readonly changed: (workspace: string) => void;
}

/**
 * Brings changes to the other relays by Redis. Unlike the library's own it opens documents while Redis is away, brings
 * relays together again by itself, without waiting for somebody to edit, and leaves storing to the log.
 */
export class OtherRelays extends RedisExtension {
	override priority = 1000;
	readonly #members: Redis;
	readonly #with: Others;
	#timer: NodeJS.Timeout | undefined;
	#isStopped = false;

	constructor(url: string, options: Others) {
		// Publishing is for now or never; what is subscribed to is kept until there is a connection.
		const pub = connect(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
		const sub = connect(url, { maxRetriesPerRequest: null });
		const clients = [pub, sub];
		super({ createClient: () => clients.shift()!, prefix });
		this.#with = options;
		this.#members = connect(url, { maxRetriesPerRequest: null });
		void this.#members.subscribe(changedChannel).catch(ignoreEnd);
		this.#members.on('message', (_channel, workspace) => options.changed(workspace));
		for (const client of [pub, sub]) client.on('ready', () => this.#isUp && void this.#meetAll());
	}

	get #isUp(): boolean {
		return this.pub.status === 'ready' && this.sub.status === 'ready';
	}

	/** For the health of a relay. */
	get isUp(): boolean {
		return this.#isUp;
	}

	/** Tells the other relays to look again at who may be where. They would by themselves, but later. */
	tellChanged(workspace: string): void {
		void this.pub.publish(changedChannel, workspace).catch(ignoreEnd);
	}

	override async onConfigure(payload: onConfigurePayload): Promise<void> {
		await super.onConfigure(payload);
		this.#again();
	}

	override async afterLoadDocument(payload: afterLoadDocumentPayload): Promise<void> {
		if (!this.#isUp) return;
		const { documentName } = payload;
		const opened = super.afterLoadDocument(payload).catch((error: unknown) => {
			say('warn', 'opened alone', { room: documentName, why: whyOf(error) });
		});
		await Promise.race([opened, new Promise((wait) => setTimeout(wait, longestWait).unref())]);
	}

	/** While Redis is away nobody hears it; the next meeting brings all of it. */
	override async onChange(payload: onChangePayload): Promise<void> {
		if (this.#isUp) await super.onChange(payload);
	}

	override async onAwarenessUpdate(payload: onAwarenessUpdatePayload): Promise<void> {
		if (this.#isUp) await super.onAwarenessUpdate(payload);
	}

	/** Rows of the log need no lock, and no order. */
	override async onStoreDocument(): Promise<void> {}
	override async afterStoreDocument(): Promise<void> {}

	override async onDestroy(): Promise<void> {
		this.#isStopped = true;
		clearTimeout(this.#timer);
		this.#members.disconnect();
		this.pub.disconnect();
		this.sub.disconnect();
	}

	#again(): void {
		if (this.#isStopped) return;
		this.#timer = setTimeout(
			() => void this.#meetAll().finally(() => this.#again()),
			this.#isUp ? pause : pauseAlone
		).unref();
	}

	/** By Redis, which is fast, and by the log, which holds also what a relay stored that is gone. */
	async #meetAll(): Promise<void> {
		for (const document of this.instance.documents.values()) {
			if (this.#isUp)
				await this.#announce(document).catch((error: unknown) => {
					say('warn', 'not announced', { room: document.name, why: whyOf(error) });
				});
			await this.#with.meet(document);
		}
	}

	/** Asks who has more of a document for it; who has less asks back. */
	async #announce(document: Document): Promise<void> {
		const channel = `${prefix}:${document.name}`;
		await this.sub.subscribe(channel);
		const first = new OutgoingMessage(document.name)
			.createSyncMessage()
			.writeFirstSyncStepFor(document);
		const presence = new OutgoingMessage(document.name).writeQueryAwareness();
		for (const message of [first, presence])
			await this.pub.publish(
				channel,
				Buffer.concat([this.messagePrefix, Buffer.from(message.toUint8Array())])
			);
	}
}

function connect(
	url: string,
	options: { maxRetriesPerRequest: number | null; enableOfflineQueue?: boolean }
): Redis {
	const client = new Redis(url, {
		...options,
		connectTimeout: 2_000,
		retryStrategy: (times) => Math.min(100 * times, 2_000)
	});
	let isDown = false;
	client.on('error', (error) => {
		if (!isDown) say('warn', 'redis away', { why: whyOf(error) });
		isDown = true;
	});
	client.on('ready', () => {
		if (isDown) say('info', 'redis back');
		isDown = false;
	});
	return client;
}

/** What is told while Redis is away is found out by the next meeting. */
const ignoreEnd = () => {};
