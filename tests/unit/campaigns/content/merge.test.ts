import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	mergeText,
	parseMerge,
	withoutMerge,
	type MergeProblem
} from '$lib/campaigns/content/merge';
import { fieldCalled, withIds, withNames } from '$lib/campaigns/content/merge-names';
import { standardFields, type Field, type Fields } from '$lib/fields/field';

const partsOf = (text: string) =>
	parseMerge(text).parts.map((part) =>
		part.type === 'text' ? part.text : [part.field, part.fallback]
	);

test('a field is read with and without what stands for it', () => {
	expect(partsOf('Hi {first_name | "there"}, from {city}')).toEqual([
		'Hi ',
		['first_name', 'there'],
		', from ',
		['city', undefined]
	]);
	expect(partsOf('{ Favourite colour|""}')).toEqual([['Favourite colour', '']]);
	expect(partsOf('{city | "a \\"b\\" {c} | \\\\ d"}')).toEqual([['city', 'a "b" {c} | \\ d']]);
	expect(partsOf('{city | “nowhere”}{city | „nirgends“}')).toEqual([
		['city', 'nowhere'],
		['city', 'nirgends']
	]);
});

test('doubled braces are the signs themselves', () => {
	expect(partsOf('{{city}} and {{{city}}}')).toEqual(['{city} and {', ['city', undefined], '}']);
	expect(parseMerge('{{city}} and {{{city}}}').problems).toEqual([]);
});

test('what is wrong is said with its place, stays text, and hides nothing behind it', () => {
	const cases: [string, MergeProblem['type'], string][] = [
		['Hi {first_name, {city}', 'unclosed', '{'],
		['Hi {first_name', 'unclosed', '{'],
		['Hi {first_name\n}{city}', 'unclosed', '{'],
		['Hi } {city}', 'stray', '}'],
		['Hi {} {city}', 'unnamed', '{}'],
		['Hi { | "x"} {city}', 'unnamed', '{ | "x"}'],
		['Hi {a | there} {city}', 'unquoted', '{a | there}'],
		['Hi {a "there"} {city}', 'unquoted', '{a "there"}'],
		['Hi {a | "there} {city}', 'unended', '{a | "there}'],
		['Hi {a | "there" x} {city}', 'trailing', '{a | "there" x}']
	];
	for (const [text, type, where] of cases) {
		const { parts, problems } = parseMerge(text);
		const [first] = problems;
		expect({ text, type: first?.type }).toEqual({ text, type });
		expect(text.slice(first!.at, first!.at + first!.length)).toBe(where);
		if (text.endsWith('{city}')) expect(parts.at(-1)).toMatchObject({ field: 'city' });
	}
});

test('any text doubled, and any fallback quoted, reads as it was', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, fallback) => {
			expect(partsOf(withoutMerge(text)).join('')).toBe(text);
			const line = fallback.replaceAll('\n', ' ');
			expect(partsOf(`${withoutMerge(text)} ${mergeText('f', line)}`).at(-1)).toEqual(['f', line]);
		})
	);
});

test('nothing that is typed takes long to read', () => {
	// Not the time: others may keep the machine busy.
	const begun = process.cpuUsage();
	for (const piece of ['{', '{ ', '{a|"', '{a|“', '{a |   ', '}', '\\"', '{{a|'])
		parseMerge(piece.repeat(30_000));
	expect(process.cpuUsage(begun).user / 1000).toBeLessThan(3000);
});

const fields: Fields = new Map<string, Field>([
	...standardFields.map((field) => [field.id, field as Field] as const),
	['k7', { id: 'k7', name: 'Favourite colour', type: 'text' }],
	['k8', { id: 'k8', name: 'favourite COLOUR', type: 'text' }],
	['k9', { id: 'k9', name: 'A {b}', type: 'text' }]
]);

test('fields are kept by their ids and shown by their names', () => {
	const shown = '{{x}} {First name | "you"} {favourite colour} {nobody} {unsubscribe} {';
	const kept = '{{x}} {first_name | "you"} {k7} {nobody} {unsubscribe} {';
	expect(withIds(shown, fields)).toBe(kept);
	expect(withNames(kept, fields)).toBe(shown.replace('{favourite', '{Favourite'));
	// A name that would lead to another field, or does not read, is not used.
	expect(withNames('{k8}{k9}', fields)).toBe('{k8}{k9}');
	expect(fieldCalled('FIRST NAME', fields)?.id).toBe('first_name');
});
