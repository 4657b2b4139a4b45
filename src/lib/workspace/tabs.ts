import * as Y from 'yjs';
import * as z from 'zod/mini';

export interface Tabs {
	/** Another tab runs a newer app: this one should be loaded anew, and not write until it is. */
	readonly outdated: boolean;
	/** Calls `listen` when that has changed, until the function it gives back is called. */
	subscribe(listen: () => void): () => void;
	close(): void;
}

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

const Message = z.discriminatedUnion('type', [
	/** "This is what I have": others answer with what it lacks, and say what they have if asked to. */
	z.object({
		type: z.literal('hello'),
		build: z.number(),
		stateVector: Bytes,
		answer: z.boolean()
	}),
	z.object({ type: z.literal('update'), update: Bytes })
]);
type Message = z.infer<typeof Message>;

/**
 * Keeps the documents of all tabs of this browser the same: each sends on every change that did not come from
 * another tab. `build` tells which app this tab runs; a newer one has a larger number. Also what comes from a newer app is read; only writing is for the newest.
 */
export function connectTabs(doc: Y.Doc, name: string, build: number): Tabs {
	const channel = new BroadcastChannel(`winnow-workspace:${name}`);
	const listeners = new Set<() => void>();
	let outdated = false;
	const post = (message: Message) => channel.postMessage(message);
	const hello = (answer: boolean) =>
		post({ type: 'hello', build, stateVector: Y.encodeStateVector(doc), answer });

	const onupdate = (update: Uint8Array, origin: unknown) => {
		if (origin !== channel) post({ type: 'update', update });
	};
	channel.onmessage = ({ data }: MessageEvent<unknown>) => {
		const parsed = Message.safeParse(data);
		if (!parsed.success) return; // a message of some other version of the app, for its own kind
		const message = parsed.data;
		if (message.type === 'update') return Y.applyUpdate(doc, message.update, channel);
		if (message.build > build && !outdated) {
			outdated = true;
			for (const listen of listeners) listen();
		}
		post({ type: 'update', update: Y.encodeStateAsUpdate(doc, message.stateVector) });
		if (message.answer) hello(false);
	};
	doc.on('update', onupdate);
	hello(true);

	return {
		get outdated() {
			return outdated;
		},
		subscribe(listen) {
			listeners.add(listen);
			return () => listeners.delete(listen);
		},
		close() {
			doc.off('update', onupdate);
			channel.close();
		}
	};
}
