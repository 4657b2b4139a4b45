import type { Page } from 'playwright-core';
import * as Y from 'yjs';
import { makeGesture, type Edit } from '../../src/lib/workspace/gesture';

/**
 * Another device with the workspace of a page, in this process: it meets the page when it is told to, by what the
 * page's tabs keep each other the same with.
 */
export class Teammate {
	readonly doc = new Y.Doc();
	readonly #page: Page;
	readonly #name: string;

	/** One of the larger of two numbers: what it writes at once with the page stands. */
	constructor(page: Page, name: string) {
		this.#page = page;
		this.#name = name;
		this.doc.clientID = 0xfffffff0;
	}

	/** Takes what the page has. */
	async take(): Promise<void> {
		const bytes = (await this.#page.evaluate(`(async () => {
			const name = (await indexedDB.databases()).map(({ name }) => name)
				.find((name) => /^winnow-workspace:.*-sample$/.test(name));
			const channel = new BroadcastChannel(name);
			const answer = new Promise((resolve) => {
				channel.onmessage = ({ data }) => data.type === 'update' && resolve([...data.update]);
			});
			channel.postMessage({ type: 'hello', build: 0, stateVector: new Uint8Array([0]), answer: false });
			const update = await answer;
			channel.close();
			return update;
		})()`)) as number[];
		Y.applyUpdate(this.doc, new Uint8Array(bytes));
	}

	does(work: (edit: Edit) => void): void {
		const made = makeGesture(this.doc, '', { at: Date.now(), by: this.#name }, work);
		if (!made.ok) throw new Error(JSON.stringify(made.error));
	}

	/** Gives the page what it lacks. */
	async give(): Promise<void> {
		const update = [...Y.encodeStateAsUpdate(this.doc)];
		await this.#page.evaluate(`(async () => {
			const name = (await indexedDB.databases()).map(({ name }) => name)
				.find((name) => /^winnow-workspace:.*-sample$/.test(name));
			const channel = new BroadcastChannel(name);
			channel.postMessage({ type: 'update', update: new Uint8Array(${JSON.stringify(update)}) });
			channel.close();
		})()`);
	}
}
