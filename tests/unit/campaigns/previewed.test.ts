import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '$lib/app.svelte';
import type { HandOverAsk } from '$lib/campaigns/hand-over/ask';
import { frozenOf, recipientAt, type Previewed } from '$lib/campaigns/previewed.svelte';
import type { AudienceAsk } from '$lib/campaigns/audience/ask';
import { hasTag, inList } from '$lib/contacts/within';
import { createApi, type EngineApi } from '$lib/engine/api';
import { standardFields } from '$lib/fields/field';
import { sql } from '$lib/sql';
import { definitions, moment } from '../../fixtures/people';
import { Population, type NamedPerson } from '../../fixtures/population';

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	api = createApi(population.database, () => {});
}, 60_000);
afterAll(() => population.close());

const ask = ((method: keyof EngineApi, ...args: never[]) =>
	(api[method] as (...args: never[]) => unknown)(...args)) as App['ask'];

const person = (name: string, tags: readonly string[]): NamedPerson => ({
	...{ name, archived: false, tags, events: [], lists: [{ id: 'all', at: 0 }] },
	fields: { first_name: name, email: `${name}@x.test`, email_consent: 'subscribed' }
});
const words = (text: string) => ({
	type: 'doc' as const,
	content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }]
});
const audience: AudienceAsk = {
	campaign: 'c',
	include: [{ source: { type: 'list', id: 'all' }, rule: inList('all') }],
	exclude: []
};
const message: HandOverAsk = {
	content: {
		...{ subject: 'News for {first_name}', preview: '' },
		blocks: [
			{
				...{ id: 'b', order: 'a0' },
				block: {
					type: 'dynamic',
					variants: [{ id: 'v', segment: 'vips', text: words('For our best.') }],
					otherwise: words('For everybody.')
				}
			}
		]
	},
	sender: { name: '', address: 'shop@x.test' },
	...{ fields: [...standardFields], segments: ['vips'], zone: 'UTC', locale: 'en' }
};
const variants = [[hasTag('vip')]];

test('those shown of a campaign that went out are whom it went to, and what they got', async () => {
	await population.fill([person('ana', []), person('bo', ['vip']), person('cy', [])], definitions);
	const run = await api.freezeAudience('freeze', {
		...{ run: 'r', campaign: 'c', ref: 'News', how: 'file', ask: audience },
		...{ variants, definition: message, moment }
	});
	// By now bo alone is in it, and is none of the best any more.
	await population.database.write('change', async (tx) => {
		await tx.run(sql`delete from list_member where cno <> 1`);
		await tx.run(sql`delete from contact_tag`);
	});
	const sent = (...runs: string[]) => runs.map((run) => ({ run }));
	const known = await frozenOf(ask, sent('of another device', 'r'));
	expect(known?.id).toBe(run.id);
	expect(await frozenOf(ask, sent('of another device'))).toBeUndefined();

	const frozen: Previewed = { type: 'frozen', run: known! };
	const shown = [0, 1, 2].map((place) => recipientAt(ask, frozen, place));
	expect(
		(await Promise.all(shown)).map(({ total, message }) => [
			total,
			message?.subject,
			message?.text.trim()
		])
	).toEqual([
		[3, 'News for ana', 'For everybody.'],
		[3, 'News for bo', 'For our best.'],
		[3, 'News for cy', 'For everybody.']
	]);
	const now: Previewed = { type: 'now', audience, message, variants, moment };
	const [first, second] = [await recipientAt(ask, now, 0), await recipientAt(ask, now, 1)];
	expect([first.total, first.contact?.uid, first.message?.text.trim()]).toEqual([
		...[1, 'bo', 'For everybody.']
	]);
	expect(second).toEqual({ total: 1, contact: undefined, message: undefined });

	await api.eraseContact('erase', 'bo');
	expect(await recipientAt(ask, frozen, 1)).toEqual({
		...{ total: 3, contact: undefined, message: undefined }
	});
});
