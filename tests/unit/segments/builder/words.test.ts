import { describe, expect, it } from 'vitest';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { countChanges } from '$lib/segments/builder/changes';
import { choiceId, pickerOptions } from '$lib/segments/builder/find-choices';
import { copiedNode, pastedNode } from '$lib/segments/builder/pasted-node';
import { english } from '$lib/rules/english';
import { proposeName, unnamed } from '$lib/segments/builder/propose-name';
import { usedFields } from '$lib/segments/builder/used-fields';
import { definitions } from '../../../fixtures/people';

const field = (id: string, field: string, test: object): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition: { kind: 'field', field, of: 'text', test }
});
const city = (id: string, value: string) => field(id, 'city', { operator: 'is', value });
const root = (...children: DraftRule[]): DraftGroup => ({
	type: 'group',
	id: rootId,
	match: 'all',
	children
});

describe('proposeName', () => {
	it('says what is finished, and nothing of the rest', () => {
		expect(proposeName(root(), definitions, english)).toBe(unnamed);
		expect(proposeName(root(field('a', 'city', { operator: 'is' })), definitions, english)).toBe(
			unnamed
		);
		expect(
			proposeName(
				root(city('a', 'Bern'), field('b', 'region', { operator: 'is' })),
				definitions,
				english
			)
		).toBe('City is Bern');
	});
	it('names whole rows, and counts those it has no room for', () => {
		const long = root(
			...['Bern', 'Basel', 'Zürich', 'Genf', 'Chur'].map((name, i) => city(`n${i}`, name))
		);
		const name = proposeName(long, definitions, english);
		expect(name).toBe('City is Bern and City is Basel and City is Zürich and 2 more');
	});
	it('is cut between words where one row is too long', () => {
		const name = proposeName(root(city('a', 'Llanfair '.repeat(12).trim())), definitions, english);
		expect(name).toMatch(/^City is (Llanfair )+…$/);
		expect(name.length).toBeLessThanOrEqual(74);
	});
});

describe('countChanges', () => {
	const before = root(city('a', 'Bern'), city('b', 'Basel'), city('c', 'Genf'));

	it('is 0 for the same, however it was written', () => {
		const other = root(
			{
				condition: {
					of: 'text',
					test: { value: 'Bern', operator: 'is' },
					field: 'city',
					kind: 'field'
				},
				id: NodeId.parse('a'),
				type: 'condition'
			},
			city('b', 'Basel'),
			city('c', 'Genf')
		);
		expect(countChanges(before, other)).toBe(0);
	});
	it('counts what is added, gone, changed, moved and ordered anew', () => {
		expect(countChanges(before, root(...before.children, city('d', 'Chur')))).toBe(1);
		expect(countChanges(before, root(...before.children.slice(1)))).toBe(1);
		expect(countChanges(before, root(city('a', 'Olten'), ...before.children.slice(1)))).toBe(1);
		expect(countChanges(before, root(...[...before.children].reverse()))).toBe(1);
		expect(countChanges(before, { ...before, match: 'any' })).toBe(1);
		const grouped = root(before.children[0]!, {
			...root(...before.children.slice(1)),
			id: NodeId.parse('g')
		});
		expect(countChanges(before, grouped)).toBe(3);
	});
	it('counts muting and notes', () => {
		const changed = root({ ...before.children[0]!, muted: true }, ...before.children.slice(1));
		expect(countChanges(before, changed)).toBe(1);
	});
});

describe('pickerOptions', () => {
	const labels = (words: string, found = {}) =>
		pickerOptions(words, definitions, { words, found: [], ...found }, [], undefined).map(
			({ label }) => label
		);

	it('finds choices by the beginning of their names first', () => {
		expect(labels('e')[0]).toBe('Email');
		expect(labels('code')[0]).toBe('Postcode');
		expect(labels('email consent').slice(0, 3)).toEqual([
			'Email consent',
			'Email consent date',
			'Email consent source'
		]);
	});
	it('puts what exists under exactly that name before what others call so', () => {
		expect(labels('vip')[0]).toBe('VIP');
		const own = new Map([...definitions.fields].filter(([id]) => id !== 'vip'));
		const first = (words: string) =>
			pickerOptions(words, { ...definitions, fields: own }, undefined, [], undefined)[0]?.label;
		expect(first('vip')).toBe('Tagged vip');
		expect(first('Newsletter')).toBe('In list Newsletter');
		expect(first('swiss')).toBe('In segment Swiss');
		expect(first('visited shop')).toContain('Visited shop');
	});
	it('finds them by what others call them', () => {
		expect(labels('anybody')).toEqual(['Everyone']);
	});
	it('puts whole words before what only has them inside', () => {
		const found = labels('subscribed');
		expect(found[0]).toBe('Subscribed to email');
		expect(labels('subscribed email')[0]).toBe('Subscribed to email');
		expect(labels('email subscribed')[0]).toBe('Subscribed to email');
		expect(found.indexOf('Email consent')).toBeLessThan(found.indexOf('Unsubscribed from email'));
		expect(labels('opted out')[0]).toBe('Unsubscribed from email');
	});
	it('finds consent by what other tools call it', () => {
		for (const words of ['accepts marketing', 'market', 'opt-in', 'newsletter'])
			expect(labels(words), words).toEqual(
				expect.arrayContaining(['Email consent', 'Subscribed to email'])
			);
	});
	it('finds what is spelt almost so, where nothing is called so', () => {
		expect(labels('contry')[0]).toBe('Country');
		expect(labels('subsribed email')).toContain('Subscribed to email');
		expect(labels('zzzzzz')).toEqual([]);
	});
	it('puts the count of a found choice to the choice', () => {
		const choice = {
			label: 'Tagged vip',
			group: 'Lists and tags',
			condition: { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } },
			count: 3
		};
		const options = pickerOptions(
			'vip',
			definitions,
			{ words: 'vip', found: [choice as never] },
			[],
			undefined
		);
		expect(options.filter(({ id }) => id === choiceId(choice))).toMatchObject([{ count: 3 }]);
	});
	it('keeps of an older answer only what fits the newer words', () => {
		const found = (label: string) =>
			({ label, group: 'Fields', condition: { kind: 'field', label }, count: 1 }) as never;
		const older = { words: 'be', found: [found('City is Bern'), found('City is Berlin')] };
		const options = pickerOptions('berl', definitions, older, [], undefined);
		expect(options.map(({ label }) => label)).toEqual(['City is Berlin']);
	});
	it('says why a segment cannot be added', () => {
		const options = pickerOptions('segment', definitions, undefined, [], 's-swiss');
		expect(options[0]).toMatchObject({
			label: 'In segment Swiss',
			blocked: expect.stringContaining('comes back to itself')
		});
	});
});

it('pastedNode takes rows and groups, and no other text', () => {
	expect(pastedNode(JSON.stringify(city('a', 'Bern')))).toEqual(city('a', 'Bern'));
	expect(pastedNode(copiedNode(city('a', 'Bern')))).toEqual(city('a', 'Bern'));
	expect(pastedNode(JSON.stringify(root(city('a', 'Bern'))))).toEqual(root(city('a', 'Bern')));
	expect(pastedNode('{"match":"any","children":[{"kind":"tomorrow","of":1}]}')).toEqual({
		...{ type: 'group', id: 'root', match: 'any' },
		children: [{ type: 'condition', id: 'root.1', condition: { kind: 'tomorrow', of: 1 } }]
	});
	expect(pastedNode('hello')).toBeUndefined();
	expect(pastedNode('{"type":"condition"}')).toBeUndefined();
});

it('usedFields names the fields of finished conditions once, in order', () => {
	const other = field('c', 'city', { operator: 'is', value: { field: 'region' } });
	expect(usedFields(root(city('a', 'Bern'), other, field('d', 'phone', {})))).toEqual([
		'city',
		'region'
	]);
});
