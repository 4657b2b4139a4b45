import type * as Y from 'yjs';
import { sameJson } from '$lib/json';
import { watchOverwritten, type Overwritten } from './overwritten';
import { registersOf } from './registers';
import { Topic } from './topic.svelte';

/** More than this nobody goes through; the log has the rest. */
const most = 50;

/**
 * What two people wrote at once while this page was open, until somebody decides or the register is written again.
 * Nothing of it is in the document: there one value stands, the same for everybody.
 */
export class Activity {
	readonly #doc: Y.Doc;
	readonly #topic = new Topic();
	#open: readonly Overwritten[] = [];
	/** Stops listening to the document. */
	readonly stop: () => void;

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		const stopWatching = watchOverwritten(doc, (found) => {
			const same = (a: Overwritten, b: Overwritten) => a.root === b.root && a.key === b.key;
			const others = this.#open.filter((known) => !found.some((one) => same(one, known)));
			this.#set([...others, ...found].slice(-most));
		});
		const onchange = () => {
			const standing = this.#open.filter(this.#stands);
			if (standing.length < this.#open.length) this.#set(standing);
		};
		doc.on('afterTransaction', onchange);
		this.stop = () => {
			stopWatching();
			doc.off('afterTransaction', onchange);
		};
	}

	/** Of one segment, oldest first. */
	of(segment: string): readonly Overwritten[] {
		this.#topic.read();
		return this.#open.filter((one) => one.segment === segment);
	}

	/** It was decided about. */
	dismiss(one: Overwritten): void {
		this.#set(this.#open.filter((other) => other !== one));
	}

	#set(open: readonly Overwritten[]): void {
		this.#open = open;
		this.#topic.changed();
	}

	readonly #stands = ({ root, key, stands }: Overwritten): boolean =>
		sameJson(registersOf(this.#doc).raw(root, key), stands);
}
