import type { Result } from '$lib/result';
import { Discovery } from './discovery';
import type { FileRefusal } from './file/refusal';
import type { RawRow } from './file/rows';
import { readRecords, type Source } from './file/source';
import type { Job } from './jobs';
import type { Mapping } from './mapping';
import type { RowProblem } from './problem';
import { contactDrafts, type ContactDraft } from './rows/contact-draft';
import { eventDrafts, type EventDraft } from './rows/event-draft';
import { Rejections } from './rows/rejections';
import type { ImportPlan } from './run';

export type Draft = ContactDraft | EventDraft;

/** A file read by a mapping: drafts in parts, outside of the heap, and what was found on the way. */
export interface Prepared {
	readonly parts: readonly Part[];
	readonly rows: number;
	readonly continued: number;
	readonly rejections: Rejections;
	readonly filled: readonly number[];
	readonly discovery: Discovery;
}

export interface Part {
	/** JSON of the drafts, and of the rows they come from. */
	readonly drafts: Blob;
	readonly rows: Blob;
	readonly count: number;
}

/** Rows that are matched and written at a time: other questions and Cancel wait for one such part. */
export const partSize = 500;

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
	const read = readerOf(mapping, { zone, discovery });
	const rejections = new Rejections(mapping.columns.map(({ name }) => name));
	const filled = mapping.columns.map(() => 0);
	const parts: Part[] = [];
	let rows = 0;
	let continued = 0;

	const refusal = await readRecords(source, dialect, async (records, bytes) => {
		for (let at = 0; at < records.length; at += partSize) {
			const drafts: Draft[] = [];
			const kept: RawRow[] = [];
			for (const row of records.slice(at, at + partSize)) {
				rows++;
				count(row, filled);
				const draft = read(row);
				if (!draft.ok) rejections.add(row, draft.error);
				else if (draft.value) {
					drafts.push(draft.value);
					kept.push(row);
				} else continued++;
			}
			if (drafts.length > 0)
				parts.push({ drafts: jsonBlob(drafts), rows: jsonBlob(kept), count: drafts.length });
			job.tell(rows, Math.round((rows * source.size) / Math.max(bytes, 1)), 'reading');
			await breath();
			if (job.cancelled) return 'stop';
		}
		return;
	});
	if (job.cancelled) return;
	if (refusal) return { ok: false, error: refusal };
	return { ok: true, value: { parts, rows, continued, rejections, filled, discovery } };
}

function readerOf(
	mapping: Mapping,
	context: { zone: string; discovery: Discovery }
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

function count({ cells }: RawRow, filled: number[]): void {
	for (let i = 0; i < filled.length; i++) {
		const cell = cells[i];
		if (cell !== undefined && cell !== '' && cell.trim() !== '') filled[i]!++;
	}
}

const jsonBlob = (value: unknown): Blob => new Blob([JSON.stringify(value)]);

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
