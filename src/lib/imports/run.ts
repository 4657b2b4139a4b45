import type { Queryable } from '$lib/db/db';
import { nextCno } from '$lib/contacts/queries';
import type { Result } from '$lib/result';
import type { MergeStart } from './contacts/contact-merge';
import { contactIntake, noteCreated } from './contacts/queries';
import { Discovery } from './discovery';
import { eventIntake } from './events/queries';
import type { Dialect } from './file/dialect';
import type { FileRefusal } from './file/refusal';
import type { RawRow } from './file/rows';
import { readRecords, type Source } from './file/source';
import type { Intake } from './intake';
import type { Job } from './jobs';
import type { ImportDefinitions, Mapping, Merging } from './mapping';
import type { RowProblem } from './problem';
import type { ImportReport } from './report';
import { contactDrafts, type ContactDraft } from './rows/contact-draft';
import { eventDrafts, type EventDraft } from './rows/event-draft';
import { Rejections } from './rows/rejections';

/** All that decides what an import does. */
export interface ImportPlan {
	/** Of this very import: asked for again, it is not done twice. */
	readonly id: string;
	readonly dialect: Dialect;
	readonly mapping: Mapping;
	readonly merging: Merging;
	readonly definitions: ImportDefinitions;
	/** The workspace's zone, in which times without one are read. */
	readonly zone: string;
	/** ISO 8601, in UTC: when it happens. */
	readonly at: string;
	/** About how many rows there are, for progress. */
	readonly rows: number;
	/** How far a workspace may grow, or null. */
	readonly limits: { readonly contacts: number; readonly events: number } | null;
}

export type Outcome<T> =
	| { readonly status: 'done'; readonly value: T }
	| { readonly status: 'cancelled' }
	| { readonly status: 'refused'; readonly refusal: FileRefusal };

type Draft = ContactDraft | EventDraft;

/** A file read by a mapping: drafts in parts, outside of the heap, and what was found on the way. */
export interface Prepared {
	readonly parts: readonly Part[];
	readonly rows: number;
	readonly continued: number;
	readonly rejections: Rejections;
	readonly filled: readonly number[];
	readonly discovery: Discovery;
}

interface Part {
	/** JSON of the drafts, and of the rows they come from. */
	readonly drafts: Blob;
	readonly rows: Blob;
	readonly count: number;
}

/** Rows that are matched and written at a time: other questions and Cancel wait for one such part. */
const partSize = 1_000;

/** A job was stopped inside a transaction, which is rolled back by throwing. */
export const stopped = new Error('stopped');

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

/** What an import would do. */
export async function countOnly(
	database: Queryable,
	source: Source,
	plan: ImportPlan,
	prepared: Prepared,
	job: Job
): Promise<ImportReport | undefined> {
	const intake = await intakeOf(database, source, plan, prepared, { dry: true });
	const rejections = new Rejections(
		plan.mapping.columns.map(({ name }) => name),
		prepared.rejections
	);
	const done = await takeParts(database, prepared, intake, rejections, job, false);
	return done ? reportOf(plan, prepared, intake, rejections) : undefined;
}

/** Writes what was prepared. Throws `stopped` when the job is cancelled, so that the transaction is rolled back. */
export async function writeAll(
	tx: Queryable,
	source: Source,
	plan: ImportPlan,
	prepared: Prepared,
	job: Job
): Promise<ImportReport> {
	const intake = await intakeOf(tx, source, plan, prepared, { dry: false });
	const rejections = new Rejections(
		plan.mapping.columns.map(({ name }) => name),
		prepared.rejections
	);
	if (!(await takeParts(tx, prepared, intake, rejections, job, true))) throw stopped;
	const { first, next } = intake.made;
	for (let from = first; from < next; from += partSize * 2) {
		await noteCreated(tx, plan.id, from, Math.min(next, from + partSize * 2));
		job.tell(prepared.rows, prepared.rows, 'finishing');
		await breath();
		if (job.cancelled) throw stopped;
	}
	return reportOf(plan, prepared, intake, rejections);
}

async function intakeOf(
	db: Queryable,
	source: Source,
	{ id, mapping, merging, at }: ImportPlan,
	{ discovery }: Prepared,
	{ dry }: { dry: boolean }
): Promise<Intake<Draft>> {
	const nameOf = (target: 'email' | 'externalId') =>
		mapping.columns.find((column) => column.target.target === target)?.name ?? '';
	const start: MergeStart = {
		match: mapping.match,
		columns: { email: nameOf('email'), externalId: nameOf('externalId') },
		merging,
		at,
		source: `Import of ${source.name}`,
		nextCno: await nextCno(db),
		newUid: () => crypto.randomUUID(),
		dry
	};
	const into = { run: id, fields: discovery.fields };
	// One of them: the drafts were made for the same mapping.
	return (
		mapping.kind === 'contacts' ? contactIntake(start, into) : eventIntake(start, into)
	) as Intake<Draft>;
}

/** Whether all parts were taken: a cancelled job stops between two of them. */
async function takeParts(
	db: Queryable,
	prepared: Prepared,
	intake: Intake<Draft>,
	rejections: Rejections,
	job: Job,
	write: boolean
): Promise<boolean> {
	let done = 0;
	for (const part of prepared.parts) {
		const drafts = JSON.parse(await part.drafts.text()) as Draft[];
		const rejected = await intake.take(db, drafts, write);
		if (rejected.length > 0) {
			const rows = JSON.parse(await part.rows.text()) as RawRow[];
			for (const { index, problem } of rejected) rejections.add(rows[index]!, [problem]);
		}
		done += part.count;
		job.tell(done, prepared.rows, write ? 'writing' : 'checking');
		await breath();
		if (job.cancelled) return false;
	}
	return true;
}

function reportOf(
	{ mapping }: ImportPlan,
	{ continued, filled, discovery }: Prepared,
	{ counts }: Intake<Draft>,
	rejections: Rejections
): ImportReport {
	return {
		counts: { ...counts, repeated: counts.repeated + continued, rejected: rejections.rows },
		groups: rejections.counts.groups,
		rejected: rejections.counts.rejected,
		rejectedFile: rejections.rows > 0 ? new Blob(rejections.text, { type: 'text/csv' }) : undefined,
		columns: mapping.columns.map(({ name }, i) => ({
			filled: filled[i]!,
			problems: rejections.ofColumn(name)
		})),
		definitions: discovery.found
	};
}

const jsonBlob = (value: unknown): Blob => new Blob([JSON.stringify(value)]);

/** Lets the worker hear what it was told meanwhile: questions, Cancel. A timer would wait 4 ms each time. */
const breath = () =>
	new Promise<void>((done) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			done();
		};
		port2.postMessage(null);
	});
