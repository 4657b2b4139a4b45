import type { Queryable } from '$lib/db/db';
import { nextCno } from '$lib/contacts/number';
import { suppressFromEvents } from '$lib/suppressions/from-events/queries';
import { contactIntake, noteChanges, noteCreated } from './contacts/queries';
import type { MergeStart } from './contacts/contact-merge';
import { enrolmentOf, type Enrolment } from './enrolment';
import { eventIntake, eventsOf } from './events/queries';
import type { Dialect } from './file/dialect';
import type { Intake } from './intake';
import type { Job } from './jobs';
import type { ImportDefinitions, Mapping, Merging } from './mapping';
import { namesIn, without } from './orphans';
import { isNotice } from './problem';
import { ProblemCounts, type ImportReport } from './report';
import { Rejections } from './rows/rejections';
import { orphansOf } from './run-orphans';
import { breath, partSize, type Draft, type Part, type Prepared } from './run-prepare';

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
	if (!(await takeParts(db, plan, reading.prepared, taking, job, false))) return;
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
	if (!(await takeParts(tx, plan, prepared, taking, job, true))) throw stopped;
	const { first, next } = taking.intake.made;
	const step = partSize * 10;
	for (let from = first; from < next; from += step) {
		await noteCreated(tx, plan.id, from, Math.min(next, from + step));
		job.tell(prepared.rows, prepared.rows, 'finishing');
		await breath();
		if (job.cancelled) throw stopped;
	}
	if (plan.mapping.kind === 'events')
		await suppressFromEvents(tx, eventsOf(plan.id), plan.at, (refusals) =>
			noteChanges(tx, plan.id, refusals)
		);
	return { report: reportOf(plan, prepared, taking), enrolled: taking.enrolment.all };
}

/** What takes the rows, and what it rejects. */
interface Taking {
	readonly intake: Intake<Draft>;
	readonly rejections: Rejections;
	readonly leftOut: ProblemCounts;
	readonly notices: ProblemCounts;
	readonly enrolment: Enrolment;
	/** What only rejected rows name. */
	readonly orphans: Set<string>;
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
	return {
		intake,
		rejections: new Rejections(columns, prepared.rejections),
		leftOut: new ProblemCounts(),
		notices: new ProblemCounts(),
		enrolment,
		orphans: new Set()
	};
}

/** Whether all parts were taken: a cancelled job stops between two of them. */
async function takeParts(
	db: Queryable,
	plan: ImportPlan,
	prepared: Prepared,
	taking: Taking,
	job: Job,
	write: boolean
): Promise<boolean> {
	const { intake, rejections, leftOut, notices } = taking;
	const late = new Map<Part, ReadonlySet<number>>();
	const named = new Set<string>();
	let done = 0;
	for (const part of prepared.parts) {
		const drafts = await part.drafts();
		const rejected = await intake.take(db, drafts, write);
		const gone = new Set(rejected.map(({ index }) => index));
		if (rejected.length > 0) {
			const rows = await part.rows();
			for (const { index, problem } of rejected) rejections.add(rows[index]!, [problem]);
			for (const index of gone) for (const name of namesIn(drafts[index]!)) named.add(name);
			late.set(part, gone);
		}
		for (const { index, problems } of await part.notes()) {
			if (gone.has(index)) continue;
			const { line } = drafts[index]!;
			leftOut.add({ line, problems: problems.filter((problem) => !isNotice(problem)) });
			notices.add({ line, problems: problems.filter(isNotice) });
		}
		done += part.count;
		job.tell(done, prepared.rows, write ? 'writing' : 'checking');
		await breath();
		if (job.cancelled) return false;
	}
	if (named.size === 0) return true;
	const { definitions } = plan;
	const found = await orphansOf(prepared, { ...taking, definitions, late, named }, job);
	for (const name of found ?? []) taking.orphans.add(name);
	return found !== undefined;
}

function reportOf(
	{ mapping, definitions }: ImportPlan,
	{ continued, filled, values }: Prepared,
	{ intake: { counts }, rejections, leftOut, notices, enrolment, orphans }: Taking
): ImportReport {
	const { groups: leftOutGroups } = leftOut;
	return {
		counts: {
			...counts,
			repeated: counts.repeated + continued,
			rejected: rejections.rows,
			leftOut: leftOutGroups.reduce((sum, { rows }) => sum + rows, 0)
		},
		groups: rejections.counts.groups,
		leftOut: leftOutGroups,
		notices: notices.groups,
		rejected: rejections.counts.rejected,
		rejectedFile: rejections.rows > 0 ? new Blob(rejections.text, { type: 'text/csv' }) : undefined,
		columns: mapping.columns.map(({ name }, i) => ({
			filled: filled[i]!,
			problems: rejections.counts.ofColumn(name),
			leftOut: leftOut.ofColumn(name),
			values: values[i]
		})),
		definitions: without(orphans, enrolment.definitions, definitions)
	};
}
