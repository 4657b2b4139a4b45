import { expect, test } from 'vitest';
import type { Person } from '$lib/rules/person';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type DraftRule, type Rule } from '$lib/rules/rule';
import { english } from '$lib/rules/english';
import { nearestFlip } from '$lib/rules/why/nearest-flip';
import { explainer, type Why } from '$lib/rules/why/why';
import { sayEvidence, sayFlip } from '$lib/segments/why-words';
import type { Moment } from '$lib/time/moment';
import { definitions } from '../../../fixtures/people';

const moment: Moment = {
	now: Date.parse('2024-06-15T10:00:00.000Z'),
	zone: 'Europe/Zurich',
	weekStart: 1
};
const words = { definitions, language: english, zone: moment.zone };
const at = (text: string) => Date.parse(`${text}Z`);

const nobody: Person = {
	...{ uid: 'a', archived: false, fields: {}, tags: [], lists: [], events: [] },
	...{ suppressions: [], changes: [], moves: [] }
};
const opened = (text: string) => ({ type: 'email_opened', at: at(text), properties: {} });

let ids = 0;
const id = () => NodeId.parse(`n${ids++}`);
const group = (match: string, ...children: DraftRule[]): DraftRule => ({
	...{ type: 'group', id: id(), match, children }
});
const leaf = (kind: string, condition: Record<string, unknown>): DraftRule => ({
	...{ type: 'condition', id: id(), condition: { kind, ...condition } }
});
const swiss = leaf('field', {
	field: 'country',
	of: 'text',
	test: { operator: 'is', value: 'CH' }
});
const vip = leaf('tag', { test: { operator: 'anyOf', tags: ['t-vip'] } });
const news = leaf('list', { test: { operator: 'inAny', lists: ['l-news'] } });
const openedIn = (n: number, unit: string, times: number) =>
	leaf('event', {
		...{ types: ['email_opened'], did: true },
		...{ count: { operator: 'atLeast', n: times }, window: { operator: 'inLast', n, unit } }
	});

function parsed(draft: DraftRule): Rule {
	const rule = parseRule(draft, definitions);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return rule.value;
}

function why(draft: DraftRule, person: Partial<Person>): Why {
	return explainer({ person: { ...nobody, ...person }, moment, decided: new Map() })(parsed(draft));
}

/** Since when and until when, in ISO 8601. */
const times = ({ standing }: Pick<Why, 'standing'>) =>
	[standing?.since, standing?.until].map((at) => at && new Date(at).toISOString());

const flipOf = (draft: DraftRule, person: Partial<Person>) =>
	nearestFlip(why(draft, person).tree)?.map((leaf) => sayFlip(leaf, words));

test('a member came in with the second opening and leaves when the first is thirty days old', () => {
	const events = [opened('2024-05-20T08:00:00'), opened('2024-06-10T09:30:00')];
	const rule = openedIn(30, 'day', 2);
	const found = why(rule, { events });
	expect(found.member).toBe(true);
	// The window counts its first instant in, so the change is a millisecond after it.
	expect(times(found)).toEqual(['2024-06-10T09:30:00.000Z', '2024-06-19T08:00:00.001Z']);
});

test('who is out was in until the window went past, and comes back with time alone', () => {
	const lapsed = leaf('inactive', {
		types: ['email_opened'],
		window: { operator: 'inLast', n: 90, unit: 'day' }
	});
	const found = why(lapsed, { events: [opened('2024-05-01T12:00:00')] });
	expect(found.member).toBe(false);
	expect(times(found)).toEqual([undefined, '2024-07-30T12:00:00.001Z']);
	expect(found.tree).toMatchObject({ means: { match: 'all' } });
});

test('months go by the calendar on the wall', () => {
	const found = why(openedIn(1, 'month', 1), { events: [opened('2024-05-31T10:00:00')] });
	// No 31 June: all of 30 June a month ago is 30 May, and on 1 July it is 1 June.
	expect(times(found)).toEqual(['2024-05-31T10:00:00.000Z', '2024-06-30T22:00:00.000Z']);
});

test('a birthday is round from midnight to midnight', () => {
	const birthday = leaf('anniversary', {
		...{ field: 'birthday', of: 'date', test: { operator: 'inNext', days: 7 } }
	});
	const found = why(birthday, { fields: { birthday: '1990-06-18' } });
	expect(times(found)).toEqual(['2024-06-11T22:00:00.000Z', '2024-06-18T22:00:00.000Z']);
});

test('values of the past are those before the changes that are noted; tags and lists begin when they were given', () => {
	const person: Partial<Person> = {
		fields: { country: 'CH' },
		changes: [{ field: 'country', at: at('2024-03-01T00:00:00'), before: 'de', after: 'ch' }],
		tags: ['t-vip'],
		taggedAt: new Map([['t-vip', at('2024-02-01T00:00:00')]]),
		lists: [{ id: 'l-news', at: at('2024-04-01T00:00:00') }]
	};
	expect(times(why(swiss, person))[0]).toBe('2024-03-01T00:00:00.000Z');
	expect(times(why(vip, person))[0]).toBe('2024-02-01T00:00:00.000Z');
	expect(times(why(group('all', swiss, vip, news), person))[0]).toBe('2024-04-01T00:00:00.000Z');
	expect(why(swiss, person).assumes).toBe(true);
	expect(why(openedIn(30, 'day', 2), person).assumes).toBe(false);
});

test('who is archived is in nothing, and nothing is said of when', () => {
	const found = why(swiss, { archived: true, fields: { country: 'CH' } });
	expect(found).toMatchObject({ member: false, tree: { holds: true }, standing: undefined });
});

test('what one person alone cannot tell is taken as it is given, without times', () => {
	const top = parsed(leaf('engagement', { measure: 'top', is: true, of: 'spend', percent: 10 }));
	const condition = top.type === 'condition' ? top.condition : undefined;
	const decided = new Map([[condition!, true]]);
	const found = explainer({ person: nobody, moment, decided })(top);
	expect(found).toMatchObject({ member: true, standing: undefined });
});

test('the nearest change says what is missing, and what there is', () => {
	const german = { fields: { country: 'DE' } };
	expect(flipOf(swiss, german)).toEqual(['Country is Switzerland (Country: Germany)']);
	// All that fail must hold; of what may hold instead the least.
	expect(flipOf(group('all', swiss, vip), german)).toHaveLength(2);
	expect(flipOf(group('any', group('all', swiss, vip), news), german)).toEqual([
		'is in list Newsletter'
	]);
	// Out again by any one of what holds, of an alternative by all of it.
	const both = { fields: { country: 'CH' }, tags: ['t-vip'] };
	expect(flipOf(group('all', swiss, vip), both)).toEqual([
		'Country is not Switzerland (Country: Switzerland)'
	]);
	expect(flipOf(group('any', swiss, vip), both)).toHaveLength(2);
	expect(flipOf(group('none', vip, news), both)).toEqual(['is not tagged vip']);
	expect(flipOf(leaf('everyone', {}), both)).toBeUndefined();
	expect(flipOf(group('any', leaf('everyone', {}), vip), both)).toBeUndefined();
});

test('of events it says how many more, and by when', () => {
	const events = [opened('2024-05-20T08:00:00'), opened('2024-06-10T09:30:00')];
	expect(flipOf(openedIn(30, 'day', 3), { events })).toEqual([
		'has done Opened email at least 3 times in the last 30 days (1 more by 19 Jun 2024, 10:00)'
	]);
});

test('each kind says what decided', () => {
	const said = (draft: DraftRule, person: Partial<Person>) => {
		const { tree } = why(draft, person);
		return tree.type === 'condition' && tree.evidence && sayEvidence(tree.evidence, words);
	};
	const events = [opened('2024-05-20T08:00:00'), opened('2024-06-10T09:30:00')];
	expect(said(swiss, {})).toBe('Country: no value');
	expect(said(openedIn(30, 'day', 1), { events })).toBe('2 times, the last on 10 Jun 2024, 11:30');
	expect(said(openedIn(2, 'day', 1), { events })).toBe('not then; on 10 Jun 2024, 11:30');
	expect(said(openedIn(2, 'day', 1), {})).toBe('never');
	expect(said(vip, { tags: ['t-vip', 't-new'] })).toBe('vip');
	expect(said(vip, {})).toBe('no such tag');
	expect(said(news, { lists: [{ id: 'l-news', at: events[0]!.at }] })).toBe(
		'Newsletter (20 May 2024)'
	);
	const last = { types: ['email_opened'], window: { operator: 'inLast', n: 2, unit: 'day' } };
	expect(said(leaf('last', last), { events })).toBe('it was on 10 Jun 2024, 11:30');
	const changed = leaf('changed', { field: 'country', did: true, what: 'changed' });
	const changes = [{ field: 'country', at: events[0]!.at, before: 'de', after: 'ch' }];
	expect(said(changed, { fields: { country: 'CH' }, changes })).toBe(
		'Country: Switzerland; Germany → Switzerland on 20 May 2024'
	);
	const orders = [12.5, 30].map((total) => ({
		...{ type: 'order_placed', at: events[0]!.at, properties: { total } }
	}));
	const spend = { about: 'spend', test: { operator: 'atLeast', value: 50 } };
	expect(said(leaf('purchase', spend), { events: orders })).toBe('Total: 42.5, of 2 values');
	const suppressed = leaf('suppressed', { is: true, reasons: ['hardBounce', 'manual'] });
	const suppressions = [{ reason: 'manual', at: events[0]!.at }];
	expect(said(suppressed, { fields: { email: 'a@b.ch' }, suppressions })).toBe(
		'a decision by hand (20 May 2024)'
	);
	const habit = { types: ['email_opened'], times: 1, period: { n: 1, unit: 'week' }, of: 4 };
	expect(said(leaf('regularly', { ...habit, active: 3 }), { events })).toBe('2 of 4');
});
