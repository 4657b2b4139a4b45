import { describe, expect, it } from 'vitest';
import { german } from '$lib/rules/german';
import { problemInGerman, problems } from '$lib/rules/german-problems';
import { families, operatorInfos } from '$lib/rules/operators/families';
import { readPattern } from '$lib/rules/operators/pattern';
import { parseRule, type RuleIssue } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import type { Family } from '$lib/fields/field';
import { definitions } from '../../fixtures/people';

const files = import.meta.glob<string>(['/src/lib/rules/**/*.ts', '/src/lib/fields/path.ts'], {
	query: '?raw',
	import: 'default',
	eager: true
});
const sources = Object.values(files);

describe('a problem', () => {
	it('that is always the same sentence is known by it', () => {
		const errors = sources.flatMap((text) =>
			[...text.matchAll(/error: '((?:[^'\\]|\\.)*\.)'/g)].map(([, sentence]) => sentence!)
		);
		expect(errors.length).toBeGreaterThan(40);
		const parsing = [...files['/src/lib/rules/parse.ts']!.matchAll(/'([A-Z][^'\n]* [^'\n]*\.)'/g)];
		expect(parsing.length).toBeGreaterThan(1);
		errors.push(...parsing.map(([, sentence]) => sentence!));
		expect(errors.filter((sentence) => !(sentence in problems))).toEqual([]);
		const said = sources.filter((text) => !text.includes('problemInGerman')).join('\n');
		expect(Object.keys(problems).filter((sentence) => !said.includes(sentence))).toEqual([]);
	});

	it.each([
		['Degrees go from −90 to 90.', 'Grade gehen von −90 bis 90.'],
		['Type 400 or less.', 'Gib höchstens 400 ein.'],
		[
			'Renewal is now a text; choose what to compare it with again.',
			'Renewal ist jetzt von anderer Art; wähle neu.'
		],
		['Placed order has no property “x”.', 'Placed order hat keine Eigenschaft „x“.'],
		['“domain is” is not for City.', 'Dieser Vergleich passt nicht zu City.'],
		[
			'“is set” already says what becomes of missing values.',
			'Dieser Vergleich sagt schon, was aus fehlenden Werten wird.'
		],
		['Nobody knows this one.', 'Nobody knows this one.']
	])('%s', (english, words) => expect(problemInGerman(english)).toBe(words));

	it('of a pattern names the position', () => {
		const pattern = readPattern('a**');
		expect(problemInGerman(pattern.ok ? '' : pattern.error)).toBe(
			'Zeichen 3 („*“) ist im Muster so nicht möglich.'
		);
	});
});

describe('an issue', () => {
	const say = (issue: RuleIssue) => german.issue(issue, definitions);
	const node = { node: NodeId.parse('a'), muted: false };

	it.each([
		[{ type: 'EmptyGroup' }, /^Diese Gruppe ist leer/],
		[{ type: 'NothingLeft' }, /ausgeschaltet/],
		[{ type: 'TooDeep' }, /mehr als 8 tief/],
		[{ type: 'UnknownMatch', match: 'most' }, /^Wähle/],
		[{ type: 'UnknownKind', kind: '' }, /nicht lesbar/],
		[{ type: 'UnknownPart', parts: ['windows', 'v'] }, /: „windows“, „v“\./],
		[{ type: 'UnknownKind', kind: 'weather' }, /„weather“.*neueren Version/],
		[
			{ type: 'InvalidCondition', problems: ['Choose a date.', 'Choose a date.'] },
			/^Wähle ein Datum\.$/
		],
		[
			{ type: 'DeletedReference', reference: { type: 'list', id: 'gone' } },
			/^Die Liste, auf die sich das bezieht, wurde gelöscht\./
		],
		[{ type: 'NeverSaved', segment: 's-swiss' }, /^„Swiss“ wurde noch nicht gespeichert/],
		[{ type: 'BrokenSegment', segment: 'gone' }, /^„ein gelöschtes Segment“ hat selbst/],
		[{ type: 'Cycle', path: ['s-swiss', 's-swiss'] }, /Swiss → Swiss\.$/]
	] as const)('%o', (issue, words) => {
		expect(say({ ...node, ...issue } as RuleIssue)).toMatch(words);
	});

	it('that is found in a rule is said', () => {
		const rule = parseRule(
			{
				type: 'condition',
				id: NodeId.parse('c'),
				condition: { kind: 'event', types: [], did: true, window: { operator: 'inLast' } }
			},
			definitions
		);
		expect(rule.ok ? [] : rule.error.map(say)).toEqual([
			'Wähle, was getan wurde. Gib eine ganze Zahl ein.'
		]);
	});
});

describe('every operator', () => {
	const all = Object.keys(families).flatMap((family) =>
		operatorInfos(family as Family, family === 'text' ? 'email' : family)
	);

	it('has German words for the editor', () => {
		expect(all.length).toBeGreaterThan(60);
		for (const [operator, info] of all) {
			const words = german.operator(info);
			expect([operator, words.definition]).not.toEqual([operator, info.definition]);
			// Signs are signs.
			if (/[a-z]{3}/.test(info.label)) expect(words.label).not.toBe(info.label);
		}
	});

	it('is called by a shorter name of a single value', () => {
		const [, info] = all.find(([operator]) => operator === 'isAnyOf')!;
		expect(german.operator(info)).toMatchObject({ label: 'ist eines von', ofOne: 'ist' });
		const [, is] = all.find(([operator]) => operator === 'is')!;
		expect(german.operator(is).ofOne).toBe('ist');
	});
});
