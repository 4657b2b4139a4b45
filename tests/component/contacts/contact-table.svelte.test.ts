import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { App } from '$lib/app.svelte';
import { ContactTable } from '$lib/contacts/contact-table.svelte';
import type { ContactPage, ContactPageAsk } from '$lib/contacts/queries';
import { standardFields } from '$lib/fields/field';

const total = 1000;
let asked: ContactPageAsk[];
let version = $state(0);
let city = 'Bern';
let table: ContactTable;
let stop: () => void;

/** As much of the app as the table asks: contacts by number, whose city is `city`. */
const app = {
	moment: { now: 0, zone: 'UTC', weekStart: 1 },
	get dataVersion() {
		return version;
	},
	async ask(_: 'contactPage', ask: ContactPageAsk): Promise<ContactPage> {
		asked.push(ask);
		const length = Math.max(0, Math.min(ask.limit, total - ask.offset));
		const contacts = Array.from({ length }, (_, i) => ({
			cno: ask.offset + i,
			uid: String(ask.offset + i),
			externalId: undefined,
			archivedAt: undefined,
			values: { city },
			tags: [],
			lists: []
		}));
		return { total, contacts };
	}
} as unknown as App;

beforeEach(() => {
	asked = [];
	city = 'Bern';
	stop = $effect.root(() => {
		table = new ContactTable(app, () => ({ ask: { search: 'x' }, sort: undefined }));
	});
	flushSync();
});
afterEach(() => stop());

const settled = () => vi.waitFor(() => expect(table.fresh).toBe(true));
const field = standardFields.find(({ id }) => id === 'city')!;

it('asks for the rows that are shown and a block more at either end, and once', async () => {
	await settled();
	expect(asked).toEqual([{ search: 'x', sort: undefined, offset: 0, limit: 100 }]);
	table.show({ first: 420, last: 460 });
	flushSync();
	expect(table.at(0)?.cno).toBe(0);
	await settled();
	expect(asked.slice(1)).toEqual([{ search: 'x', sort: undefined, offset: 350, limit: 200 }]);
	expect(table.total).toBe(total);
	expect(table.at(420)?.cno).toBe(420);
	expect(table.at(549)?.cno).toBe(549);
	expect(table.at(550)).toBeUndefined();
});

it('of rows that are scrolled over, only those where the scroll rests are asked for', async () => {
	await settled();
	for (let first = 300; first <= 900; first += 100) {
		table.show({ first, last: first + 30 });
		flushSync();
	}
	await settled();
	expect(asked.slice(1).map(({ offset }) => offset)).toEqual([850]);
	expect(table.at(910)?.cno).toBe(910);
});

it('shows what was entered until the rows have it, and what was there if it is not stored', async () => {
	await settled();
	let stored = (_: boolean) => {};
	const writing = table.enter(
		3,
		[{ field, value: 'Basel' }],
		() => new Promise((is) => (stored = is))
	);
	expect(table.at(3)?.values.city).toBe('Basel');
	expect(table.at(4)?.values.city).toBe('Bern');
	stored(true);
	await writing;
	expect(table.at(3)?.values.city).toBe('Basel');
	city = 'Basel, as stored';
	version++;
	flushSync();
	await settled();
	expect(table.at(3)?.values.city).toBe('Basel, as stored');

	await table.enter(3, [{ field, value: null }], async () => false);
	expect(table.at(3)?.values.city).toBe('Basel, as stored');
});
