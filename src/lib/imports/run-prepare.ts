import type { Result } from '$lib/result';
import { Discovery } from './discovery';
import type { FileRefusal } from './file/refusal';
import type { RawRow } from './file/rows';
import { readRecords, type Source } from './file/source';
import type { Job } from './jobs';
import type { Mapping } from './mapping';
import type { RowProblem } from './problem';
import { contactDrafts, type ContactDraft, type ReadContext } from './rows/contact-draft';
import { eventDrafts, type EventDraft } from './rows/event-draft';
import { Rejections } from './rows/rejections';
import type { ImportPlan } from './run';
import { ValueCounts, type ValueCount } from './value-counts';

export type Draft = ContactDraft | EventDraft;

/** A file read by a mapping: drafts in parts, outside of the heap, and what was found on the way. */
export interface Prepared {
	readonly parts: readonly Part[];
	readonly rows: number;
	readonly continued: number;
	readonly rejections: Rejections;
	readonly filled: readonly number[];
	/** As reports have them. */
	readonly values: readonly (readonly ValueCount[] | undefined)[];
	readonly discovery: Discovery;
}

export interface Part {
	readonly count: number;
	drafts(): Promise<Draft[]>;
	/** The rows the drafts come from. */
	rows(): Promise<RawRow[]>;
	/** Of drafts by place: values they are without, and what is worth a look. */
	notes(): Promise<readonly Note[]>;
}

interface Note {
	readonly index: number;
	readonly problems: readonly RowProblem[];
}

/** Rows that are matched and written at a time: other questions and Cancel wait for one such part. */
export const partSize = 2_000;

/**
 * Reads a whole file by a mapping. Nothing is written: what the rows say is kept in blobs, which go away with the worker
 * if it is killed. `undefined` when the job was cancelled.
 */
export async function prepare(
	source: Source,
	plan: ImportPlan,
	job: Job,
	newId: () => string
): Promise<Result<Prepared, FileRefusal> | undefined> {
	const { mapping, zone, definitions, dialect } = plan;
	const discovery = new Discovery(definitions, newId);
	let drafts: Draft[] = [];
	let notes: Note[] = [];
	const note = (problems: readonly RowProblem[]) => notes.push({ index: drafts.length, problems });
	const read = readerOf(mapping, { zone, discovery, note });
	const rejections = new Rejections(mapping.columns.map(({ name }) => name));
	const filled = mapping.columns.map(() => 0);
	const values = mapping.columns.map(({ target: { target } }) =>
		target === 'consent' || target === 'eventType' ? new ValueCounts() : undefined
	);
	const parts: Part[] = [];
	let rows = 0;
	let continued = 0;

	const refusal = await readRecords(source, dialect, async (records) => {
		for (let at = 0; at < records.length; at += partSize) {
			drafts = [];
			notes = [];
			const kept: RawRow[] = [];
			for (const row of records.slice(at, at + partSize)) {
				rows++;
				count(row, filled, values);
				const draft = read(row);
				if (!draft.ok) rejections.add(row, draft.error);
				else if (draft.value) {
					drafts.push(draft.value);
					kept.push(row);
				} else continued++;
			}
			if (drafts.length > 0) parts.push(part(drafts, kept, notes));
			job.tell(rows, Math.max(rows, plan.rows), 'reading');
			await breath();
			if (job.cancelled) return 'stop';
		}
		return;
	});
	if (job.cancelled) return;
	if (refusal) return { ok: false, error: refusal };
	const found = { parts, rows, continued, rejections, filled, discovery };
	return { ok: true, value: { ...found, values: values.map((counts) => counts?.all) } };
}

function readerOf(
	mapping: Mapping,
	context: ReadContext
): (row: RawRow) => Result<Draft | undefined, readonly RowProblem[]> {
	if (mapping.kind === 'contacts') return contactDrafts(mapping, context);
	const read = eventDrafts(mapping, context);
	return (row) => {
		const draft = read(row);
		return draft.ok && 'continues' in draft.value
			? { ok: true, value: undefined }
			: (draft as Result<EventDraft, readonly RowProblem[]>);
	};
}

function count(
	{ cells }: RawRow,
	filled: number[],
	values: readonly (ValueCounts | undefined)[]
): void {
	for (let i = 0; i < filled.length; i++) {
		const cell = cells[i];
		if (cell === undefined || cell === '' || cell.trim() === '') continue;
		filled[i]!++;
		values[i]?.add(cell);
	}
}

/** One blob for all, since making one takes a millisecond or two. */
function part(drafts: readonly Draft[], rows: readonly RawRow[], notes: readonly Note[]): Part {
	const encoder = new TextEncoder();
	const first = encoder.encode(JSON.stringify(drafts));
	const last = encoder.encode(JSON.stringify(notes));
	const any = notes.length > 0; // not the notes themselves, which would stay on the heap
	const blob = new Blob([first, JSON.stringify(rows), last]);
	const end = blob.size - last.length;
	const read = async <T>(from: number, to: number) =>
		JSON.parse(await blob.slice(from, to).text()) as T;
	return {
		count: drafts.length,
		drafts: () => read<Draft[]>(0, first.length),
		rows: () => read<RawRow[]>(first.length, end),
		notes: async () => (any ? read<Note[]>(end, blob.size) : none)
	};
}

const none: readonly Note[] = [];

/** Lets the worker hear what it was told meanwhile: questions, Cancel. A timer would wait 4 ms each time. */
export const breath = () =>
	new Promise<void>((done) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			done();
		};
		port2.postMessage(null);
	});
