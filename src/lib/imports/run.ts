import type { Queryable } from '$lib/db/db';
import { nextCno } from '$lib/contacts/queries';
import { contactIntake, noteCreated } from './contacts/queries';
import type { MergeStart } from './contacts/contact-merge';
import { enrolmentOf, type Enrolment } from './enrolment';
import { eventIntake } from './events/queries';
import type { Dialect } from './file/dialect';
import type { RawRow } from './file/rows';
import type { Intake } from './intake';
import type { Job } from './jobs';
import type { ImportDefinitions, Mapping, Merging } from './mapping';
import type { ImportReport } from './report';
import { Rejections } from './rows/rejections';
import { breath, partSize, type Draft, type Prepared } from './run-prepare';

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

/** A job was stopped inside a transaction, which is rolled back by throwing. */
export const stopped = new Error('stopped');

/** What an import is about: the file's name, its rows as they were read, and where new ids come from. */
export interface Reading {
	readonly file: string;
	readonly prepared: Prepared;
	readonly newId: () => string;
}

/** What an import would do; `undefined` when the job was cancelled. */
export async function countOnly(
	db: Queryable,
	plan: ImportPlan,
	reading: Reading,
	job: Job
): Promise<ImportReport | undefined> {
	const taking = await begin(db, plan, reading, { dry: true });
	if (!(await takeParts(db, reading.prepared, taking, job, false))) return;
	return reportOf(plan, reading.prepared, taking);
}

/** Writes all that was read. Throws `stopped` when the job is cancelled, so that the transaction is rolled back. */
export async function writeAll(
	tx: Queryable,
	plan: ImportPlan,
	reading: Reading,
	job: Job
): Promise<{ report: ImportReport; enrolled: Enrolment['all'] }> {
	const { prepared } = reading;
	const taking = await begin(tx, plan, reading, { dry: false });
	if (!(await takeParts(tx, prepared, taking, job, true))) throw stopped;
	const { first, next } = taking.intake.made;
	const step = partSize * 10;
	for (let from = first; from < next; from += step) {
		await noteCreated(tx, plan.id, from, Math.min(next, from + step));
		job.tell(prepared.rows, prepared.rows, 'finishing');
		await breath();
		if (job.cancelled) throw stopped;
	}
	return { report: reportOf(plan, prepared, taking), enrolled: taking.enrolment.all };
}

/** What takes the rows, and what it rejects. */
interface Taking {
	readonly intake: Intake<Draft>;
	readonly rejections: Rejections;
	readonly enrolment: Enrolment;
}

async function begin(
	db: Queryable,
	{ id, mapping, merging, at, definitions }: ImportPlan,
	{ file, prepared, newId }: Reading,
	{ dry }: { dry: boolean }
): Promise<Taking> {
	const { discovery } = prepared;
	const enrolment = enrolmentOf(merging, discovery, definitions, newId);
	const nameOf = (target: 'email' | 'externalId') =>
		mapping.columns.find((column) => column.target.target === target)?.name ?? '';
	const next = await nextCno(db);
	const start: MergeStart = {
		match: mapping.match,
		columns: { email: nameOf('email'), externalId: nameOf('externalId') },
		merging: { ...merging, tags: [...enrolment.tags], lists: [...enrolment.lists] },
		at,
		source: `Import of ${file}`,
		nextCno: next,
		newUid: () => crypto.randomUUID(),
		remembers: dry || next === 0
	};
	const into = { run: id, fields: discovery.fields };
	// One of them: the drafts were made for the same mapping.
	const intake = (
		mapping.kind === 'contacts' ? contactIntake(start, into) : eventIntake(start, into)
	) as Intake<Draft>;
	const columns = mapping.columns.map(({ name }) => name);
	return { intake, rejections: new Rejections(columns, prepared.rejections), enrolment };
}

/** Whether all parts were taken: a cancelled job stops between two of them. */
async function takeParts(
	db: Queryable,
	prepared: Prepared,
	{ intake, rejections }: Taking,
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
	{ continued, filled }: Prepared,
	{ intake: { counts }, rejections, enrolment }: Taking
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
		definitions: enrolment.definitions
	};
}
