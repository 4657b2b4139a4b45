import type { Field } from '$lib/fields/field';
import type { FieldValue } from '$lib/fields/value';
import { err, ok, unreachable, type Result } from '$lib/result';
import { textKey } from '$lib/text-key';
import type { Discovery } from '../discovery';
import type { Column, Mapping } from '../mapping';
import { shortened, type RowProblem } from '../problem';
import { mostCareful, type ConsentReading, type ConsentState } from '../values/consent';
import { listOf } from '../values/list';
import { namesOf, textOf } from '../values/text';
import { cellReader, emailReader, idReader } from './cell-reader';
import type { RawRow } from '../file/rows';

/** What one row says about a person. Blank cells say nothing. Short keys: it is written and read a million times. */
export interface ContactDraft {
	readonly line: number;
	readonly email?: string;
	readonly externalId?: string;
	/** By field id, without the address and consent. */
	readonly values: Readonly<Record<string, FieldValue>>;
	readonly consent?: { readonly [channel in 'email' | 'sms']?: ConsentState };
	/** Ids. */
	readonly tags?: readonly string[];
	readonly lists?: readonly string[];
}

export type DraftOf<T> = (row: RawRow) => Result<T, readonly RowProblem[]>;

interface Draft {
	line: number;
	email?: string;
	externalId?: string;
	values: Record<string, FieldValue>;
	consent: { email?: ConsentReading; sms?: ConsentReading };
	tags: string[];
	lists: string[];
}

interface Cell {
	readonly index: number;
	/** Takes what the cell says into the draft. The text is trimmed and not blank. */
	take(text: string, draft: Draft): RowProblem | undefined;
}

export const longestId = 200;

/** How rows of contacts are read: one as a draft, or every reason why it cannot be one. */
export function contactDrafts(
	mapping: Mapping,
	context: { zone: string; discovery: Discovery }
): DraftOf<ContactDraft> {
	const cells = mapping.columns.flatMap((column, index): Cell[] => {
		const take = takerOf(column, context);
		return take ? [{ index, take }] : [];
	});
	const width = mapping.columns.length;

	return (row) => {
		const problems = rowProblems(row, width);
		const draft: Draft = { line: row.line, values: {}, consent: {}, tags: [], lists: [] };
		if (mapping.consent) draft.consent.email = mapping.consent;
		for (const { index, take } of cells) {
			const cell = row.cells[index];
			if (cell === undefined || cell === '') continue;
			const text = textOf(cell);
			if (text === '') continue;
			const problem = take(text, draft);
			if (problem) problems.push(problem);
		}
		if (draft.email === undefined && draft.externalId === undefined && problems.length === 0)
			problems.push({ type: 'Nobody' });
		return problems.length > 0 ? err(problems) : ok(finished(draft));
	};
}

/** What is wrong with a row whatever its columns are. Cells beyond the last column may be blank. */
export function rowProblems({ cells, malformed }: RawRow, width: number): RowProblem[] {
	const problems: RowProblem[] = [];
	if (malformed) problems.push({ type: 'BadQuotes' });
	if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''))
		problems.push({ type: 'TooManyCells', cells: cells.length, columns: width });
	return problems;
}

function takerOf(
	{ name, target, style }: Column,
	context: { zone: string; discovery: Discovery }
): Cell['take'] | undefined {
	const { discovery } = context;
	switch (target.target) {
		case 'email': {
			const read = emailReader(name);
			return (text, draft) => {
				const email = read(text);
				if ('problem' in email) return email.problem;
				draft.email = email.value;
				return;
			};
		}
		case 'externalId': {
			const read = idReader(name, longestId);
			return (text, draft) => {
				const id = read(text);
				if ('problem' in id) return id.problem;
				draft.externalId = id.value;
				return;
			};
		}
		case 'fullName': {
			const read = cellReader(name, { id: 'first_name', type: 'text' }, style, context);
			return (text, draft) => {
				const whole = read(text);
				if ('problem' in whole) return whole.problem;
				const { first, last } = namesOf(text);
				draft.values.first_name ??= first;
				if (last !== '') draft.values.last_name ??= last;
				return;
			};
		}
		case 'field': {
			const field = discovery.fields.get(target.field);
			return field && valueTaker(name, field, style, context);
		}
		case 'newField':
			discovery.addField(target.field);
			return valueTaker(name, target.field, style, context);
		case 'consent':
			return (text, { consent }) => {
				const said = target.says[textKey(text)] ?? target.otherwise;
				if (said === null) return { type: 'UnknownConsent', column: name, value: shortened(text) };
				consent[target.channel] = mostCareful(consent[target.channel] ?? 'nothing', said);
				return;
			};
		case 'tags':
		case 'lists': {
			const of = target.target;
			const read = idReader(name, 10_000);
			return (text, draft) => {
				const whole = read(text);
				if ('problem' in whole) return whole.problem;
				for (const item of listOf(text, style.separator)) {
					if (item.length > longestId)
						return { type: 'TooLong', column: name, length: item.length, limit: longestId };
					draft[of].push(of === 'tags' ? discovery.tag(item) : discovery.list(item));
				}
				return;
			};
		}
		case 'ignore':
		// What only events have
		case 'eventId':
		case 'time':
		case 'eventType':
		case 'reference':
		case 'value':
		case 'property':
			return;
		default:
			return unreachable(target);
	}
}

function valueTaker(
	name: string,
	field: Field,
	style: Column['style'],
	context: { zone: string; discovery: Discovery }
): Cell['take'] {
	const read = cellReader(name, field, style, context);
	return (text, draft) => {
		const cell = read(text);
		if ('problem' in cell) return cell.problem;
		draft.values[field.id] = cell.value;
		return;
	};
}

/** Without what is empty, so that it is short. */
function finished({ consent, tags, lists, ...rest }: Draft): ContactDraft {
	const said = stateOf(consent.email);
	const saidSms = stateOf(consent.sms);
	return {
		...rest,
		...(said || saidSms
			? { consent: { ...(said ? { email: said } : {}), ...(saidSms ? { sms: saidSms } : {}) } }
			: {}),
		...(tags.length > 0 ? { tags: [...new Set(tags)] } : {}),
		...(lists.length > 0 ? { lists: [...new Set(lists)] } : {})
	};
}

const stateOf = (said: ConsentReading | undefined): ConsentState | undefined =>
	said === 'nothing' ? undefined : said;
