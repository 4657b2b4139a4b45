import type { Field } from '$lib/fields/field';
import type { FieldValue } from '$lib/fields/value';
import { err, ok, unreachable, type Result } from '$lib/result';
import { textKey } from '$lib/text-key';
import type { Discovery } from '../discovery';
import { canDoWithout, leavesOut, type Column, type Mapping } from '../mapping';
import { columnOf, isNotice, shortened, type RowProblem } from '../problem';
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

interface UnfinishedContact {
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
	/** A value that cannot be read is left out, and the row taken without it. */
	readonly spared: boolean;
	/**
	 * Takes what the cell says into the draft. The text is trimmed and not blank. What is wrong with it, unless that is
	 * only a notice, has put nothing into the draft.
	 */
	take(text: string, draft: UnfinishedContact): RowProblem | undefined;
}

/** What rows are read by. */
export interface ReadContext {
	readonly zone: string;
	readonly discovery: Discovery;
	/** Hears of values that the row that is just taken was read without, and of what is worth a look in it. */
	note?(problems: readonly RowProblem[]): void;
}

export const longestId = 200;

/** How rows of contacts are read: one as a draft, or every reason why it cannot be one. */
export function contactDrafts(mapping: Mapping, context: ReadContext): DraftOf<ContactDraft> {
	const cells = mapping.columns.flatMap((column, index): Cell[] => {
		const take = takerOf(column, context);
		const spared = leavesOut(mapping) && canDoWithout(column.target, mapping);
		return take ? [{ index, spared, take }] : [];
	});
	const { discovery } = context;
	const width = mapping.columns.length;
	const who = whoColumns(mapping);

	return (row) => {
		const problems = rowProblems(row, width);
		const draft: UnfinishedContact = {
			line: row.line,
			values: {},
			consent: {},
			tags: [],
			lists: []
		};
		if (mapping.consent) draft.consent.email = mapping.consent;
		let notes: RowProblem[] | undefined;
		for (const { index, spared, take } of cells) {
			const cell = row.cells[index];
			if (cell === undefined || cell === '') continue;
			const text = textOf(cell);
			if (text === '') continue;
			const problem = take(text, draft);
			if (!problem) continue;
			if (spared || isNotice(problem)) (notes ??= []).push(problem);
			else problems.push(problem);
		}
		if (draft.email === undefined && draft.externalId === undefined)
			problems.push(...nobody(who, problems, notes));
		if (problems.length > 0) {
			discovery.drop();
			return err(problems);
		}
		discovery.keep();
		if (notes) context.note?.(notes);
		return ok(finished(draft));
	};
}

/** Names of the columns that say who a row is about. */
export const whoColumns = ({ columns }: Pick<Mapping, 'columns'>): ReadonlySet<string> =>
	new Set(
		columns
			.filter(({ target }) => target.target === 'email' || target.target === 'externalId')
			.map(({ name }) => name)
	);

/**
 * Why a row says nothing of who it is about, beyond what is wrong with it anyway: its address or id was left out since it
 * could not be read, or both are blank. Where cells may be in wrong columns nothing is known of that.
 */
export function nobody(
	who: ReadonlySet<string>,
	problems: readonly RowProblem[],
	notes: readonly RowProblem[] = []
): RowProblem[] {
	if (problems.some((problem) => columnOf(problem) === '' || who.has(columnOf(problem)))) return [];
	const misread = notes.filter((problem) => !isNotice(problem) && who.has(columnOf(problem)));
	return misread.length > 0 ? misread : [{ type: 'Nobody' }];
}

/** What is wrong with a row whatever its columns are. Cells beyond the last column may be blank. */
export function rowProblems({ cells, malformed }: RawRow, width: number): RowProblem[] {
	const problems: RowProblem[] = [];
	if (malformed) problems.push({ type: 'BadQuotes' });
	if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''))
		problems.push({ type: 'TooManyCells', cells: cells.length, columns: width });
	return problems;
}

function takerOf({ name, target, style }: Column, context: ReadContext): Cell['take'] | undefined {
	const { discovery } = context;
	switch (target.target) {
		case 'email': {
			const read = emailReader(name);
			return (text, draft) => {
				const email = read(text);
				if ('problem' in email) return email.problem;
				draft.email = email.value;
				return email.notice;
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
				const items = listOf(text, style.separator);
				for (const { length } of items)
					if (length > longestId)
						return { type: 'TooLong', column: name, length, limit: longestId };
				for (const item of items)
					draft[of].push(of === 'tags' ? discovery.tag(item) : discovery.list(item));
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
	context: ReadContext
): Cell['take'] {
	const read = cellReader(name, field, style, context);
	return (text, draft) => {
		const cell = read(text);
		if ('problem' in cell) return cell.problem;
		draft.values[field.id] = cell.value;
		return cell.notice;
	};
}

/** Without what is empty, so that it is short. */
function finished({ consent, tags, lists, ...rest }: UnfinishedContact): ContactDraft {
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
