import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { english } from '$lib/rules/english';
import { NodeId, rootId, type DraftGroup } from '$lib/rules/rule';
import {
	filterRows,
	indexRow,
	readSort,
	sortRows,
	sortText,
	type Sort
} from '$lib/segments/index-rows';
import { segmentIssue } from '$lib/segments/segment-issue';
import { shownField } from '$lib/segments/shown-field';
import { parseRule } from '$lib/rules/parse';
import { Workspace } from '$lib/workspace/workspace.svelte';

type Condition = { kind: string } & Record<string, unknown>;
const all = (...conditions: Condition[]): DraftGroup => ({
	type: 'group',
	id: rootId,
	match: 'all',
	children: conditions.map((condition, i) => ({
		type: 'condition',
		id: NodeId.parse(`n${i}`),
		condition
	}))
});
const clicked = { kind: 'event', types: ['email_clicked'], did: true };
const swiss = {
	kind: 'field',
	field: 'country',
	of: 'text',
	test: { operator: 'is', value: 'CH' }
};

let workspace: Workspace;
let now: number;

beforeEach(() => {
	now = 1000;
	workspace = new Workspace(new Y.Doc(), { by: 'me', now: () => now++ });
});

function add(name: string, rule: DraftGroup, saved = true): string {
	const made = workspace.createSegment(name, rule);
	if (!made.ok) throw new Error(JSON.stringify(made.error));
	if (saved) workspace.saveSegment(made.value);
	return made.value;
}
const rows = () =>
	workspace.segments.map((segment) => indexRow(segment, workspace.definitions, english));
const namesOf = (list: readonly { readonly segment: { readonly name: string } }[]) =>
	list.map(({ segment }) => segment.name);

describe('the search', () => {
	beforeEach(() => {
		workspace.putTag('t-1', 'Retention');
		workspace.setTags(add('Warm', all(clicked)), ['t-1']);
		workspace.describeSegment(add('Zürich', all(swiss)), 'Invite to the opening');
	});
	const found = (search: string, tag?: string) => namesOf(filterRows(rows(), search, tag));

	it('looks in names, tags, descriptions and rules, whatever the case', () => {
		expect(found('warm')).toEqual(['Warm']);
		expect(found('RETENTION')).toEqual(['Warm']);
		expect(found('opening')).toEqual(['Zürich']);
		expect(found('clicked email')).toEqual(['Warm']);
		expect(found('switzerland')).toEqual(['Zürich']);
	});

	it('wants every word, and nothing wants everything', () => {
		expect(found('switzerland clicked')).toEqual([]);
		expect(found('  ')).toEqual(['Warm', 'Zürich']);
	});

	it('keeps to a tag', () => {
		expect(found('', 't-1')).toEqual(['Warm']);
		expect(found('zürich', 't-1')).toEqual([]);
	});
});

describe('the order', () => {
	const counts: Record<string, number | undefined> = {};
	const changes: Record<string, number | undefined> = {};
	const uses: Record<string, number | undefined> = {};
	const figures = {
		contacts: (id: string) => counts[id],
		week: (id: string) => changes[id],
		used: (id: string) => uses[id]
	};
	const sorted = (sort: Sort) => namesOf(sortRows(rows(), sort, figures));

	beforeEach(() => {
		counts[add('b', all(clicked))] = 10;
		counts[add('a', all(swiss))] = 200;
		counts[add('c', all(swiss))] = undefined;
		counts[add('A2', all(swiss))] = 10;
	});

	it('is by name to begin with, as a reader would', () => {
		expect(sorted(readSort(undefined))).toEqual(['a', 'A2', 'b', 'c']);
	});

	it('is by contacts, who has no count last either way, names deciding ties', () => {
		expect(sorted({ by: 'contacts', descending: true })).toEqual(['a', 'A2', 'b', 'c']);
		expect(sorted({ by: 'contacts', descending: false })).toEqual(['A2', 'b', 'a', 'c']);
	});

	it('is by how much uses them, and as it was while that is not known', () => {
		expect(sorted({ by: 'used', descending: true })).toEqual(['a', 'A2', 'b', 'c']);
		for (const { segment } of rows())
			uses[segment.id] = { b: 2, c: 5 }[segment.name as 'b' | 'c'] ?? 0;
		expect(sorted(readSort('-used'))).toEqual(['c', 'b', 'a', 'A2']);
		expect(sorted(readSort('used'))).toEqual(['a', 'A2', 'b', 'c']);
	});

	it('is by what changed in a week, who shrank most first, who is not known for so long last', () => {
		for (const { segment } of rows())
			changes[segment.id] = { b: -3, a: 12, c: 0 }[segment.name as 'a' | 'b' | 'c'];
		expect(sorted({ by: 'week', descending: false })).toEqual(['b', 'c', 'a', 'A2']);
		expect(sorted({ by: 'week', descending: true })).toEqual(['a', 'c', 'b', 'A2']);
	});

	it('is by time', () => {
		expect(sorted({ by: 'created', descending: true })).toEqual(['A2', 'c', 'a', 'b']);
	});

	it('survives the address', () => {
		const sort: Sort = { by: 'contacts', descending: true };
		expect(readSort(sortText(sort))).toEqual(sort);
		expect(sortText(sort)).toBe('-contacts');
		expect(readSort('-people')).toEqual(sort);
		expect(readSort('nonsense')).toEqual({ by: 'name', descending: false });
	});
});

it('a row says what counts, not what is being drafted', () => {
	const id = add('Swiss', all(swiss));
	workspace.addCondition(id, clicked, { parent: rootId });
	expect(rows()[0]).toMatchObject({ sentence: 'Country is Switzerland.', builder: 'Basic' });
});

describe('why a segment is not counted', () => {
	const issueOf = (id: string) => {
		const segment = workspace.segment(id)!;
		const { definitions } = workspace;
		return segmentIssue(
			segment,
			segment.saved && parseRule(segment.saved, definitions, id),
			definitions,
			english
		);
	};

	it('is said of its saved rule alone', () => {
		const id = add('Swiss', all(swiss));
		expect(issueOf(id)).toBeUndefined();
		workspace.addCondition(id, { kind: 'field', field: 'gone' }, { parent: rootId });
		expect(issueOf(id)).toBeUndefined();
		expect(issueOf(add('New', all(), false))).toBeUndefined();
	});

	it('names the first issue and how many more there are', () => {
		const gone = { ...swiss, field: 'gone' };
		expect(issueOf(add('One', all(gone)))).toMatch(/^The field .* deleted\./);
		expect(issueOf(add('Two', all(gone, { ...gone, field: 'too' })))).toMatch(/And 1 more\.$/);
	});
});

it('the field shown beside people is the first the rule asks about', () => {
	const consent = { ...swiss, field: 'email_consent' };
	expect(shownField(all(consent, clicked, { ...swiss, field: 'city' }))).toBe('city');
	expect(shownField(all(clicked))).toBe('country');
	const wasSwitchedOff = all(clicked, { ...swiss, field: 'city' });
	const [first, city] = wasSwitchedOff.children;
	expect(shownField({ ...wasSwitchedOff, children: [first!, { ...city!, muted: true }] })).toBe(
		'country'
	);
});

it('the field shown beside people is any that a condition asks about, whatever its kind', () => {
	const compared = {
		kind: 'field',
		field: 'email',
		of: 'number',
		test: { operator: 'moreThan', value: { field: 'limit' } }
	};
	expect(shownField(all(clicked, compared))).toBe('limit');
});
