import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Field } from '$lib/fields/field';
import type { Definitions } from '$lib/rules/definitions';
import { nodesOf, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { describeTypedIssue } from '$lib/rules/typed/issue';
import { printTyped, readTyped } from '$lib/rules/typed/rule';
import { randomDefinitions, randomRule } from '../../../fixtures/random-rules';

/** What a rule says: without ids, which a text does not have, and with what is absent left out. */
function saying(node: DraftRule): unknown {
	const { type, muted, note } = node;
	const rest = { type, ...(muted ? { muted } : {}), ...(note ? { note } : {}) };
	if (node.type === 'condition')
		return { ...rest, condition: JSON.parse(JSON.stringify(node.condition)) as unknown };
	return { ...rest, match: node.match, children: node.children.map(saying) };
}

const rootOf = (rule: DraftRule): DraftGroup =>
	rule.type === 'group' ? rule : { type: 'group', id: rule.id, match: 'all', children: [rule] };

/** Names that look like parts of the language, that several things share, or that hold what it is held together by. */
const awkward = [
	...['and', 'Ordered', 'first', 'not in segment', 'email opened', 'sum over', 'none of', 'where'],
	...['a "quoted" one', 'back\\slash', '(brackets)', '[off]', '{"kind":"x"}', '#1', 'a, b', '50 %'],
	...['twice', 'Twice', ' twice ', 'Größe', 'naïve café', '🙂', 'x\ny', '“typeset”', '>= 5', 'in'],
	...[
		'once',
		'2 times',
		'subscribed',
		'not subscribed',
		'has tag',
		'in 90 days',
		'is one of',
		'1,5'
	],
	...['Coffee', 'Coffee or', 'Coffee or Tea is', 'Coffee and', 'Tea', 'Tea is true', 'Tea is']
];
const called = (i: number): string => awkward[i % awkward.length]!;
/** Of what is chosen the options are called as awkwardly. */
const withOptions = (field: Field, start: number): Field => ({
	...field,
	options: field.options?.map((option, i) => ({ ...option, name: called(start + i) }))
});
const renamed = <T extends object>(things: ReadonlyMap<string, T>, start: number): Map<string, T> =>
	new Map([...things].map(([id, thing], i) => [id, { ...thing, name: called(start + i) }]));
const names = (things: ReadonlyMap<string, string>, start: number) =>
	new Map([...things].map(([id], i) => [id, called(start + i)]));

const awkwardDefinitions = (start: number): Definitions => ({
	fields: new Map(
		[...renamed(randomDefinitions.fields, start)].map(([id, field]) => [
			id,
			withOptions(field, start + 2)
		])
	),
	eventTypes: new Map(
		[...renamed(randomDefinitions.eventTypes, start + 3)].map(([id, type]) => [
			id,
			{
				...type,
				properties: type.properties.map((property, i) => ({
					...property,
					name: called(start + i)
				}))
			}
		])
	),
	tags: names(randomDefinitions.tags, start),
	lists: names(randomDefinitions.lists, start + 5),
	segments: renamed(randomDefinitions.segments, start + 7)
});

function checkRoundTrip(rule: DraftRule, definitions: Definitions): void {
	const root = rootOf(rule);
	const text = printTyped(root, definitions);
	const read = readTyped(text, definitions);
	if (!read.ok) throw new Error(`${text}\n${describeTypedIssue(read.error)}`);
	expect(saying(read.value), text).toEqual(saying(root));
	// Words, and not only the JSON that says what has no words.
	expect(text).not.toContain('{"kind":"');
}

test('any rule is the same again when its text is read', { timeout: 120_000 }, () => {
	let conditions = 0;
	fc.assert(
		fc.property(randomRule, (rule) => {
			checkRoundTrip(rule, randomDefinitions);
			conditions += [...nodesOf(rule)].filter(({ type }) => type === 'condition').length;
		}),
		{ numRuns: 2000, seed: 7 }
	);
	expect(conditions).toBeGreaterThan(5000);
});

test('whatever things are called', { timeout: 120_000 }, () => {
	fc.assert(
		fc.property(randomRule, fc.nat(awkward.length - 1), (rule, start) =>
			checkRoundTrip(rule, awkwardDefinitions(start))
		),
		{ numRuns: 500, seed: 8 }
	);
});

test('any text can be tried', () => {
	const pieces = fc.constantFrom(
		...['Country', 'is', 'any of', 'CH', ',', '(', ')', 'and', 'or', 'none of', '[off]', '"', '{'],
		...['did', 'Placed order', 'at least', '2', 'times', 'in the last', 'days', 'where', '#', '\\'],
		...['twice', 'in 90 days', 'subscribed', 'has tag', '1,5', '1,000', 'or France', 'one of']
	);
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.array(pieces).map((all) => all.join(' '))
			),
			(text) => {
				const read = readTyped(text, randomDefinitions);
				if (read.ok) {
					const said = printTyped(read.value, randomDefinitions);
					const again = readTyped(said, randomDefinitions);
					expect(again.ok && saying(again.value), said).toEqual(saying(read.value));
					return;
				}
				const { token, expected } = read.error;
				expect(expected.length).toBeGreaterThan(0);
				expect(text.slice(token.from, token.to)).toBeTypeOf('string');
				expect(token.from).toBeLessThanOrEqual(text.length);
			}
		),
		{ numRuns: 2000, seed: 9 }
	);
});
