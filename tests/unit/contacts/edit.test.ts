import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ValueChange } from '$lib/contacts/contact';
import { createApi, type EngineApi } from '$lib/engine/api';
import type { FieldValue } from '$lib/fields/value';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	api = createApi(population.database, () => {});
}, 60_000);
afterAll(() => population.close());
beforeEach(() => population.fill(people, definitions));

let writes = 0;
const write = () => `write ${writes++}`;
const change = (field: string, value: FieldValue | null): ValueChange => ({
	field: definitions.fields.get(field)!,
	value
});
const edit = (cno: number, ...changes: ValueChange[]) =>
	api.editContact(write(), cno, changes, moment.now);
const valuesOf = async (cno: number) => (await api.contactProfile(cno))!.contact.values;

const condition = (condition: { kind: string } & Record<string, unknown>): Rule => {
	const rule = parseRule({ type: 'condition', id: NodeId.parse('c'), condition }, definitions);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return rule.value;
};
const count = async (rule: Rule) => (await api.countRules([rule], moment)).counts[0];

const [ada, bo] = [0, 1];

test('an edit changes what is shown, what is compared and when it was updated, and nothing else', async () => {
	const before = await valuesOf(ada);
	await edit(ada, change('city', '  Genève '), change('score', 7));
	expect(await valuesOf(ada)).toEqual({
		...before,
		city: 'Genève',
		score: 7,
		updated_at: new Date(moment.now).toISOString()
	});
	const [row] = await population.database.rows(
		sql`select city_key, keys -> 'score' as score from contact where cno = 0`
	);
	expect(row).toEqual({ city_key: 'genève', score: 7 });
});

test('what an edit gives back takes it back', async () => {
	const before = await valuesOf(ada);
	const undo = await edit(
		ada,
		change('city', null),
		change('plan', 'free'),
		change('region', 'Zürich'),
		change('topics', null),
		change('email_consent_at', '2024-01-01T00:00:00.000Z')
	);
	expect(await valuesOf(ada)).toMatchObject({ plan: 'free', region: 'Zürich' });
	expect(await valuesOf(ada)).not.toHaveProperty('city');
	expect(await valuesOf(ada)).not.toHaveProperty('topics');
	await edit(ada, ...undo!);
	expect(await valuesOf(ada)).toEqual({
		...before,
		updated_at: new Date(moment.now).toISOString()
	});
});

test('the same write asked twice is made once, and answers the same', async () => {
	const first = await api.editContact('twice', ada, [change('city', 'Bern')], moment.now);
	await edit(ada, change('city', 'Basel'));
	expect(await api.editContact('twice', ada, [change('city', 'Bern')], moment.now)).toEqual(first);
	expect((await valuesOf(ada)).city).toBe('Basel');
});

test('who is gone is not edited', async () => {
	expect(await edit(999, change('city', 'Bern'))).toBeNull();
});

test('counts follow an edit of every type of field', async () => {
	const rules = {
		city: condition({
			kind: 'field',
			field: 'city',
			of: 'text',
			test: { operator: 'is', value: 'Bern' }
		}),
		score: condition({
			kind: 'field',
			field: 'score',
			of: 'number',
			test: { operator: 'equals', value: 4711 }
		}),
		plan: condition({
			kind: 'field',
			field: 'email_consent',
			of: 'select',
			test: { operator: 'is', value: 'pending' }
		})
	};
	const counts = async () => [
		await count(rules.city),
		await count(rules.score),
		await count(rules.plan)
	];
	const before = await counts();
	await edit(bo, change('city', 'BERN'), change('score', 4711), change('email_consent', 'pending'));
	expect(await counts()).toEqual(before.map((n) => n! + 1));
	await edit(bo, change('city', null), change('score', null), change('email_consent', null));
	expect(await counts()).toEqual(before);
});

test('a contact added by hand is counted, with its tags and lists, also beside one with its address', async () => {
	const swiss = condition({
		kind: 'field',
		field: 'country',
		of: 'text',
		test: { operator: 'is', value: 'CH' }
	});
	const vip = condition({ kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } });
	const news = condition({ kind: 'list', test: { operator: 'inAny', lists: ['l-news'] } });
	const before = (await api.countRules([swiss, vip, news], moment)).counts;
	expect(await api.contactsWithEmail(' ADA@example.ch')).toBe(1);
	const contact = {
		uid: 'new-one',
		values: [change('email', 'ada@example.ch'), change('country', 'CH'), change('score', 3)],
		tags: ['t-vip', 't-vip'],
		lists: ['l-news']
	};
	const cno = await api.addContact('add', contact, moment.now);
	expect(await api.addContact('add', contact, moment.now)).toBe(cno);
	expect((await api.countRules([swiss, vip, news], moment)).counts).toEqual(
		before.map((n) => n + 1)
	);
	expect(await api.contactsWithEmail('ada@example.ch')).toBe(2);
	const at = new Date(moment.now).toISOString();
	expect(await api.contactProfile('new-one')).toEqual({
		contact: {
			cno,
			uid: 'new-one',
			externalId: undefined,
			archivedAt: undefined,
			values: {
				email: 'ada@example.ch',
				country: 'CH',
				score: 3,
				created_at: at,
				updated_at: at
			}
		},
		tags: [{ id: 't-vip', at }],
		lists: [{ id: 'l-news', at }],
		imports: []
	});
});

test('a profile is found by number and by uid; there is none of nobody', async () => {
	expect((await api.contactProfile('ada'))!.contact.cno).toBe(ada);
	expect((await api.contactProfile(ada))!.contact.uid).toBe('ada');
	expect(await api.contactProfile('nobody')).toBeUndefined();
});
