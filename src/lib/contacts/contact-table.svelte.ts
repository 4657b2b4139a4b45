import { untrack } from 'svelte';
import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import { pause } from '$lib/pause';
import type { Moment } from '$lib/time/moment';
import type { RowRange } from '$lib/ui/virtual.svelte';
import type { ValueChange } from './contact';
import type { ListedContact } from './listed';
import type { ContactsAsk, ContactSort } from './pick';
import type { ContactPageAsk } from './queries';

/** Rows are asked for in whole blocks, with one more at either end. */
const block = 50;
/** Milliseconds the scroll must rest on rows that are far from those known. */
const rest = 60;

interface Question extends ContactPageAsk {
	readonly moment: Moment;
	/** Asked anew with every change of data. */
	readonly version: number;
}

interface Window {
	readonly total: number;
	readonly offset: number;
	readonly contacts: readonly ListedContact[];
}

/** The rows of the table of contacts: a window of them, asked for as it is scrolled. */
export class ContactTable {
	readonly #window: Latest<Question, Window>;
	#range = $state.raw<RowRange>({ first: 0, last: block - 1 });
	// Not in the constructor: what a $derived reads of the class there, it does not depend on.
	readonly #offset = $derived(Math.max(0, Math.floor(this.#range.first / block) - 1) * block);
	readonly #end = $derived((Math.floor(Math.max(0, this.#range.last) / block) + 2) * block);
	/** Values just entered, by contact, until the rows have them. */
	#entered = $state.raw<ReadonlyMap<number, readonly ValueChange[]>>(new Map());
	#writing = 0;

	constructor(
		app: App,
		question: () =>
			{ readonly ask: ContactsAsk; readonly sort: ContactSort | undefined } | undefined
	) {
		this.#window = new Latest<Question, Window>(
			() => {
				const asked = question();
				if (!asked) return;
				const { moment, dataVersion: version } = app;
				const offset = this.#offset;
				const limit = this.#end - offset;
				return { ...asked.ask, sort: asked.sort, offset, limit, moment, version };
			},
			async ({ moment, version: _, ...ask }, signal) => {
				// Asking must not make the answer a part of the question.
				const known = untrack(() => this.#window.value);
				if (known && far(ask, known)) await pause(rest, signal);
				const settled = this.#writing === 0;
				const { total, contacts } = await app.ask('contactPage', ask, moment);
				// All that was entered before the question is in its answer.
				if (settled && this.#writing === 0 && this.#entered.size > 0) this.#entered = new Map();
				return { total, contacts, offset: ask.offset };
			}
		);
	}

	/** How many rows there are; nothing until the first answer. */
	get total(): number | undefined {
		return this.#window.value?.total;
	}

	get fresh(): boolean {
		return this.#window.fresh;
	}

	get failed(): boolean {
		return this.#window.current.status === 'failed';
	}

	retry(): void {
		this.#window.retry();
	}

	/** Which rows are drawn, so that those are asked for. */
	show(range: RowRange): void {
		this.#range = range;
	}

	/** A row, if it is known by now. */
	at(index: number): ListedContact | undefined {
		const window = this.#window.value;
		const contact = window?.contacts[index - window.offset];
		const entered = contact && this.#entered.get(contact.cno);
		if (!entered) return contact;
		const values = { ...contact.values };
		for (const { field, value } of entered)
			if (value === null) delete values[field.id];
			else values[field.id] = value;
		return { ...contact, values };
	}

	/** Shows values as entered while `write`, which gives whether it is stored, is on its way. */
	async enter(
		cno: number,
		changes: readonly ValueChange[],
		write: () => Promise<boolean>
	): Promise<void> {
		this.#entered = new Map([...this.#entered, [cno, changes]]);
		this.#writing++;
		if (!(await write())) this.#entered = new Map();
		this.#writing--;
	}
}

/** Whether none of the rows asked for is among those known: somebody is scrolling fast. */
const far = (ask: { offset: number; limit: number }, known: Window): boolean =>
	ask.offset > known.offset + known.contacts.length || ask.offset + ask.limit < known.offset;
