import type { EventProperty } from '$lib/events/event-type';
import { comparable, type Comparable, type FieldValue } from '$lib/fields/value';
import { err, ok, type Result } from '$lib/result';
import { slugOf, type Discovery } from '../discovery';
import type { RawRow } from '../file/rows';
import { canDoWithout, leavesOut, type Column, type ColumnTarget, type Mapping } from '../mapping';
import { isNotice, type RowProblem } from '../problem';
import { bounceOf, typeSaid } from '../values/email-event';
import { textOf } from '../values/text';
import { cellReader, emailReader, idReader, type CellReader, type Read } from './cell-reader';
import { longestId, nobody, rowProblems, whoColumns, type ReadContext } from './contact-draft';

/** What one row says has happened. */
export interface EventDraft {
	readonly line: number;
	readonly email?: string;
	readonly externalId?: string;
	/** The id the file gives it. */
	readonly id?: string;
	readonly type: string;
	readonly at: string;
	readonly value?: number;
	readonly ref?: string;
	readonly properties?: Readonly<Record<string, FieldValue>>;
	/** The properties as they are compared. */
	readonly keys?: Readonly<Record<string, Comparable>>;
}

/** A row that only goes on with the one before it: a line of the same order. */
export interface Continuation {
	readonly continues: true;
}

interface UnfinishedEvent {
	email?: string;
	externalId?: string;
	id?: string;
	type?: string;
	at?: string;
	value?: number;
	ref?: string;
	/** As the name of its type says, if it bounced. */
	bounce?: 'hard' | 'soft' | undefined;
	properties: Record<string, FieldValue>;
	keys: Record<string, Comparable>;
	/** Properties by id: a type that is told by a later column must learn of them. */
	used: EventProperty[];
}

interface Cell {
	readonly index: number;
	/** As for contacts. */
	readonly spared: boolean;
	take(text: string, draft: UnfinishedEvent): RowProblem | undefined;
}

const longestRef = 500;

/** How rows of events are read, in the file's order: a row without a time but with the last one's reference continues it. */
export function eventDrafts(
	mapping: Mapping,
	context: ReadContext
): (row: RawRow) => Result<EventDraft | Continuation, readonly RowProblem[]> {
	const { discovery } = context;
	const { columns, eventType } = mapping;
	if (eventType) discovery.addEventType(eventType.id, eventType.name);
	const cells = columns.flatMap((column, index): Cell[] => {
		const take = takerOf(column, context);
		const spared = leavesOut(mapping) && canDoWithout(column.target, mapping);
		return take ? [{ index, spared, take }] : [];
	});
	const timeColumn = columns.find(({ target }) => target.target === 'time')?.name ?? '';
	const typeColumn = columns.find(({ target }) => target.target === 'eventType')?.name ?? '';
	const who = whoColumns(mapping);
	const told = new Set<string>();
	let lastRef: string | undefined;

	return (row) => {
		const problems = rowProblems(row, columns.length);
		const draft: UnfinishedEvent = { properties: {}, keys: {}, used: [] };
		if (eventType) draft.type = eventType.id;
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
		const { type, at, used, ref } = draft;
		if (type === 'email_bounced' && draft.bounce && !isBounce(draft.properties.bounce))
			draft.properties.bounce = draft.keys.bounce = draft.bounce;
		if (at === undefined && ref !== undefined && ref === lastRef && problems.length === 0) {
			discovery.drop();
			return ok({ continues: true });
		}
		if (at === undefined && !problems.some((problem) => isAbout(problem, timeColumn)))
			problems.push({ type: 'Blank', column: timeColumn });
		if (type === undefined && !problems.some((problem) => isAbout(problem, typeColumn)))
			problems.push({ type: 'Blank', column: typeColumn });
		if (draft.email === undefined && draft.externalId === undefined)
			problems.push(...nobody(who, problems, notes));
		if (problems.length > 0) {
			discovery.drop();
			return err(problems);
		}

		discovery.keep();
		if (notes) context.note?.(notes);
		lastRef = ref;
		for (const property of used) {
			const key = `${type!}/${property.id}`;
			if (told.has(key)) continue;
			told.add(key);
			discovery.addProperty(type!, property);
		}
		return ok(finished(row.line, draft));
	};
}

const isAbout = (problem: RowProblem, column: string): boolean =>
	'column' in problem && problem.column === column;

function takerOf({ name, target, style }: Column, context: ReadContext): Cell['take'] | undefined {
	const { discovery } = context;
	switch (target.target) {
		case 'email':
			return taken(emailReader(name), (draft, email) => (draft.email = email));
		case 'externalId':
			return taken(idReader(name, longestId), (draft, id) => (draft.externalId = id));
		case 'eventId':
			return taken(idReader(name, longestId), (draft, id) => (draft.id = id));
		case 'eventType': {
			const typeOf = typeReader(target, discovery);
			return taken(idReader(name, longestId), (draft, text) => {
				draft.type = typeOf(text);
				draft.bounce = bounceOf(text);
			});
		}
		case 'time': {
			const read = cellReader(name, { id: 'time', type: 'datetime' }, style, context);
			return taken(read, (draft, at) => (draft.at = String(at)));
		}
		case 'reference':
			return referenceTaker(name, { id: idOf(target.name), name: target.name, type: 'text' });
		case 'value': {
			const property: EventProperty = { id: idOf(target.name), name: target.name, type: 'number' };
			return valueTaker(cellReader(name, property, style, context), property);
		}
		case 'property': {
			const { property } = target;
			if (property.column === 'ref') return referenceTaker(name, property);
			const read =
				property.id === 'bounce'
					? bounceReader(cellReader(name, property, style, context))
					: cellReader(name, property, style, context);
			if (property.column === 'value') return valueTaker(read, property);
			return taken(read, (draft, value) => {
				const key = comparable(value, property.type);
				draft.properties[property.id] = value;
				if (key !== undefined) draft.keys[property.id] = key;
				draft.used.push(property);
			});
		}
		default:
			// What only contacts have
			return;
	}
}

/** The type a cell says: as it was decided for it, or else one of the name it has. */
function typeReader(
	{ says }: Extract<ColumnTarget, { target: 'eventType' }>,
	discovery: Discovery
): (text: string) => string {
	const said = typeSaid(says);
	return (text) => {
		const id = said(text);
		return id && discovery.hasEventType(id) ? id : discovery.eventType(text);
	};
}

/** What is known by another name is `hard` or `soft`, by which addresses are suppressed. */
const bounceReader =
	(read: CellReader): CellReader =>
	(text) =>
		read(bounceOf(text) ?? text);

const isBounce = (value: FieldValue | undefined): boolean => value === 'hard' || value === 'soft';

/** Puts what a cell says into the draft, or tells why it cannot. */
const taken =
	<T>(
		read: (text: string) => Read<T>,
		put: (draft: UnfinishedEvent, value: T) => void
	): Cell['take'] =>
	(text, draft) => {
		const cell = read(text);
		if ('problem' in cell) return cell.problem;
		put(draft, cell.value);
		return cell.notice;
	};

function referenceTaker(column: string, property: EventProperty): Cell['take'] {
	const used: EventProperty = { ...property, column: 'ref' };
	return taken(idReader(column, longestRef), (draft, ref) => {
		draft.ref = ref;
		draft.used.push(used);
	});
}

function valueTaker(read: CellReader, property: EventProperty): Cell['take'] {
	const used: EventProperty = { ...property, column: 'value' };
	return taken(read, (draft, value) => {
		draft.value = Number(value);
		draft.used.push(used);
	});
}

/** The id of a property that is made for a column. */
const idOf = (name: string): string => slugOf(name, () => 'property');

/** Without what is empty, so that it is short. */
function finished(line: number, draft: UnfinishedEvent): EventDraft {
	const { email, externalId, id, type, at, value, ref, properties, keys } = draft;
	const more = Object.keys(properties).length > 0;
	return {
		line,
		type: type!, // both were looked at
		at: at!,
		...(email === undefined ? {} : { email }),
		...(externalId === undefined ? {} : { externalId }),
		...(id === undefined ? {} : { id }),
		...(value === undefined ? {} : { value }),
		...(ref === undefined ? {} : { ref }),
		...(more ? { properties, keys } : {})
	};
}
