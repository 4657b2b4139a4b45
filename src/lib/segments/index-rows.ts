import { explainRule } from '$lib/rules/explain';
import type { Definitions } from '$lib/rules/definitions';
import type { Language } from '$lib/rules/language';
import { textKey } from '$lib/text-key';
import type { Segment } from '$lib/workspace/segment';
import { isBasic } from './builder-of';

export const sortColumns = [
	'name',
	'builder',
	'contacts',
	'week',
	'used',
	'created',
	'updated'
] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface Sort {
	readonly by: SortColumn;
	readonly descending: boolean;
}

/** A segment as the index shows it. */
export interface IndexRow {
	readonly segment: Segment;
	/** What counts, in words; of a draft never saved, what it says so far. */
	readonly sentence: string;
	readonly builder: 'Basic' | 'Visual';
	readonly tags: readonly string[];
	/** Everything the search looks in, as keys. */
	readonly words: string;
}

export function indexRow(segment: Segment, definitions: Definitions, language: Language): IndexRow {
	const rule = segment.saved ?? segment.draft;
	const sentence = explainRule(rule, definitions, language);
	const tags = segment.tags.flatMap((id) => definitions.tags.get(id) ?? []);
	return {
		segment,
		sentence,
		builder: isBasic(rule) ? 'Basic' : 'Visual',
		tags,
		words: textKey([segment.name, segment.description, sentence, ...tags].join(' '))
	};
}

/** The rows that have every word of the search in name, description, tags or rule, and the tag if one is given. */
export function filterRows(
	rows: readonly IndexRow[],
	search: string,
	tag: string | undefined
): readonly IndexRow[] {
	const wanted = textKey(search).split(/\s+/).filter(Boolean);
	return rows.filter(
		({ words, segment }) =>
			wanted.every((word) => words.includes(word)) && (!tag || segment.tags.includes(tag))
	);
}

/** The figures of a row by its segment's id, where they are known: how many contacts, by how many more in a week, in how many things. */
export type Figures = Record<'contacts' | 'week' | 'used', (id: string) => number | undefined>;

/** Sorts by a column, names deciding ties. Rows without a figure come last either way. */
export function sortRows(
	rows: readonly IndexRow[],
	{ by, descending }: Sort,
	figures: Figures
): readonly IndexRow[] {
	const sign = descending ? -1 : 1;
	const compare = (a: IndexRow, b: IndexRow): number => {
		switch (by) {
			case 'name':
				return sign * byName(a, b);
			case 'builder':
				return sign * a.builder.localeCompare(b.builder);
			case 'contacts':
			case 'week':
			case 'used': {
				const [left, right] = [figures[by](a.segment.id), figures[by](b.segment.id)];
				if (left === undefined || right === undefined)
					return Number(left === undefined) - Number(right === undefined);
				return sign * (left - right);
			}
			case 'created':
			case 'updated':
				return sign * (a.segment[by].at - b.segment[by].at);
		}
	};
	return [...rows].sort((a, b) => compare(a, b) || byName(a, b));
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const byName = (a: IndexRow, b: IndexRow): number =>
	collator.compare(a.segment.name, b.segment.name);

/** `-contacts` and the like, as the address has it. */
export const sortText = ({ by, descending }: Sort): string => (descending ? '-' : '') + by;

export function readSort(text: string | undefined): Sort {
	// What the column of contacts was called before, as kept addresses have it.
	const name = (text ?? '').replace(/^-/, '').replace(/^people$/, 'contacts');
	const by = sortColumns.find((column) => column === name);
	return by ? { by, descending: text!.startsWith('-') } : { by: 'name', descending: false };
}
