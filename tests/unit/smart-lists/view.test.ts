import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContactsAsk } from '$lib/contacts/pick';
import { hasTag } from '$lib/contacts/within';
import { createApi, type EngineApi } from '$lib/engine/api';
import { english } from '$lib/rules/english';
import { parseRule } from '$lib/rules/parse';
import { NodeId, rootId, type DraftRule } from '$lib/rules/rule';
import { sayView } from '$lib/smart-lists/say-view';
import { ruleOfView, segmentOfView, type SmartListView } from '$lib/smart-lists/view';
import { definitions, moment } from '../../fixtures/people';
import { Population, type NamedPerson } from '../../fixtures/population';

const person = (name: string, more: Partial<NamedPerson>): NamedPerson => ({
	...{ name, archived: false, fields: {}, tags: [], lists: [], events: [] },
	...more
});
const people = [
	person('zoe', { fields: { first_name: 'Zoë', company: 'Adam & Co' }, tags: ['t-vip'] }),
	person('adam', { fields: { first_name: 'adam', email: 'adam@example.com' }, tags: ['t-vip'] }),
	person('bea', { fields: { email: 'Bea@Example.org', last_name: 'Adamant' } }),
	person('gone', { archived: true, fields: { first_name: 'Adam' }, tags: ['t-vip'] })
];

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	api = createApi(population.database, () => {});
	await population.fill(people, definitions);
}, 60_000);
afterAll(() => population.close());

const group = (match: string, ...children: DraftRule[]): DraftRule => ({
	...{ type: 'group', id: rootId, match },
	children
});
const muted = (rule: DraftRule): DraftRule => ({ ...rule, muted: true });
const inSegment = (segment: string, isIn = true): DraftRule => ({
	...{ type: 'condition', id: NodeId.parse('only') },
	condition: { kind: 'segment', segment, in: isIn }
});
const view = (of: Partial<SmartListView>): SmartListView => ({
	...{ rule: null, columns: [], density: 'comfortable' },
	...of
});

describe('the rule of a view', () => {
	const asks: readonly Pick<SmartListView, 'rule' | 'search'>[] = [
		{ rule: null },
		{ rule: null, search: ' ADAM  example ' },
		{ rule: hasTag('t-vip') },
		{ rule: hasTag('t-vip'), search: 'zoë' },
		{ rule: group('none', hasTag('t-vip')), search: 'bea' },
		{ rule: group('all', hasTag('t-vip')), search: 'adam' },
		{ rule: group('any', hasTag('t-vip')), search: 'nobody' }
	];
	it.each(asks)('has those as members whom the table shows for %j', async ({ rule, search }) => {
		const parsed = rule && parseRule(rule, definitions);
		const ask: ContactsAsk = { search, ...(parsed?.ok ? { rule: parsed.value } : {}) };
		const shown = await api.contactPage({ ...ask, offset: 0, limit: 10 }, moment);
		const whole = parseRule(ruleOfView({ rule, search })!, definitions);
		if (!whole.ok) throw new Error(JSON.stringify(whole.error));
		const members = await api.contactPage({ rule: whole.value, offset: 0, limit: 10 }, moment);
		expect(members).toEqual(shown);
	});

	it('is none for archived contacts, who are members of nothing', () => {
		expect(ruleOfView({ rule: null, archived: true })).toBeUndefined();
	});

	it.each([
		['is empty', group('all')],
		['is all switched off', muted(hasTag('t-vip'))],
		['holds only what is switched off', group('all', muted(hasTag('t-vip')))],
		['holds a group of that', group('all', group('any', muted(hasTag('t-vip'))))],
		['refers to what is gone', hasTag('t-gone')]
	])('never counts as everyone, nor as all that are found, where it %s', (_, rule) => {
		for (const search of ['', 'adam'])
			expect(parseRule(ruleOfView({ rule, search })!, definitions).ok).toBe(false);
	});
});

it('a view of just a segment is told from one of a part of it', () => {
	expect(segmentOfView(view({ rule: inSegment('s') }))).toBe('s');
	expect(segmentOfView(view({ rule: group('all', inSegment('s')), search: ' ' }))).toBe('s');
	expect(segmentOfView(view({ rule: inSegment('s'), search: 'ada' }))).toBeUndefined();
	expect(segmentOfView(view({ rule: inSegment('s', false) }))).toBeUndefined();
	expect(segmentOfView(view({ rule: group('none', inSegment('s')) }))).toBeUndefined();
	expect(segmentOfView(view({ rule: group('all', inSegment('s'), inSegment('t')) }))).toBe(
		undefined
	);
	expect(segmentOfView(view({ rule: muted(inSegment('s')) }))).toBeUndefined();
	expect(segmentOfView(view({ rule: null }))).toBeUndefined();
});

it('is said in words: whom it shows, and what it is searched for', () => {
	const said = (of: SmartListView | undefined) => sayView(of, definitions, english);
	expect(said(view({ rule: null }))).toBe('All contacts');
	expect(said(view({ rule: null, archived: true, search: ' ada ' }))).toBe(
		'Archived contacts, found by “ada”'
	);
	const one: DraftRule = {
		...{ type: 'condition', id: NodeId.parse('only') },
		condition: { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } }
	};
	expect(said(view({ rule: one, search: 'ada' }))).toBe('Is tagged vip, found by “ada”');
	expect(said(undefined)).toBe('It cannot be read.');
});
