import type { Database, Queryable } from '$lib/db/db';
import type { Publish } from '$lib/engine/protocol';
import type { Fields } from '$lib/fields/field';
import { err, type Result } from '$lib/result';
import { sql } from '$lib/sql';
import { randomId } from '$lib/workspace/random-id';
import { analyse, type Analysis, type AnalysisChoice } from './analysis';
import { knownCharset } from './file/charset';
import type { FileRefusal } from './file/refusal';
import type { Source } from './file/source';
import { Jobs, type Job } from './jobs';
import {
	definitionsToAdopt,
	enter,
	entered,
	importRuns,
	markAdopted,
	markUndone,
	type Entered
} from './ledger/queries';
import type { ImportDefinitions } from './mapping';
import type { ImportReport, UndoReport } from './report';
import { countOnly, prepare, stopped, writeAll, type ImportPlan, type Prepared } from './run';
import { takeBack } from './undo/queries';

export type Outcome<T> =
	| { readonly status: 'done'; readonly value: T }
	| { readonly status: 'cancelled' }
	| { readonly status: 'refused'; readonly refusal: FileRefusal };

/** How much the browser may store and stores, in bytes; unknown where it does not say. */
export type Estimate = () => Promise<{ quota?: number; usage?: number } | undefined>;

const estimateHere: Estimate = async () => globalThis.navigator?.storage?.estimate?.();

/** What the worker answers about imports. Long ones tell `progress` under their id and can be cancelled by it. */
export function importApi(database: Database, publish: Publish, estimate = estimateHere) {
	const jobs = new Jobs(publish, () => performance.now());
	const newId = () => randomId(10);
	/** The file as it was last read: the dry run has read it already when the import comes. */
	let last: { readonly key: string; readonly prepared: Prepared } | undefined;

	async function prepared(file: File, plan: ImportPlan, job: Job) {
		const key = keyOf(file, plan);
		if (last?.key === key) return { ok: true, value: last.prepared } as const;
		last = undefined;
		const read = await prepare(sourceOf(file), plan, job, newId);
		if (read?.ok) last = { key, prepared: read.value };
		return read;
	}

	async function attempt<T>(
		id: string,
		kind: { gives: boolean },
		file: File,
		plan: ImportPlan,
		work: (prepared: Prepared, job: Job) => Promise<T | FileRefusal | undefined>
	): Promise<Outcome<T>> {
		const outcome = await jobs.run(id, kind, async (job): Promise<Outcome<T>> => {
			const short = await roomRefusal(file.size, estimate);
			if (short) return { status: 'refused', refusal: short };
			const read = await prepared(file, plan, job);
			if (!read) return { status: 'cancelled' };
			if (!read.ok) return { status: 'refused', refusal: read.error };
			const done = await work(read.value, job);
			if (done === undefined) return { status: 'cancelled' };
			return isRefusal(done)
				? { status: 'refused', refusal: done }
				: { status: 'done', value: done };
		});
		return outcome ?? { status: 'refused', refusal: { type: 'Busy' } };
	}

	return {
		/** Finds out what a file is, from its beginning. */
		async analyseFile(
			file: File,
			choice: AnalysisChoice,
			definitions: ImportDefinitions
		): Promise<Result<Analysis, FileRefusal>> {
			const short = await roomRefusal(file.size, estimate);
			if (short) return err(short);
			return analyse(sourceOf(file), choice, { definitions, guessCharset, newId });
		},

		/** What an import would do. It gives way to the next dry run, and to an import. */
		checkImport(job: string, file: File, plan: ImportPlan): Promise<Outcome<ImportReport>> {
			return attempt(job, { gives: true }, file, plan, async (prepared, job) => {
				const report = await countOnly(database, sourceOf(file), plan, prepared, job);
				return report && ((await growthRefusal(database, plan, report)) ?? report);
			});
		},

		/** Imports a file, all or nothing, once for each id. */
		runImport(file: File, plan: ImportPlan): Promise<Outcome<ImportReport>> {
			return attempt(plan.id, { gives: false }, file, plan, async (prepared, job) => {
				const report = await write(database, file, plan, prepared, job);
				if (report && !isRefusal(report)) {
					last = undefined;
					job.tell(prepared.rows, prepared.rows, 'finishing');
					await tidy(database);
				}
				return report;
			});
		},

		/** Stops an import or a dry run; what it did is taken back. Nothing happens if it is over. */
		async cancelImport(id: string): Promise<void> {
			jobs.cancel(id);
		},

		importRuns: () => importRuns(database),

		/** Takes an import back; a second time gives the first one's report. `undefined` if there is no such import. */
		async undoImport(
			id: string,
			fields: Fields,
			at: string
		): Promise<Outcome<UndoReport> | undefined> {
			const run = await entered(database, id);
			if (!run) return;
			if (run.undone) return { status: 'done', value: run.undone };
			const report = await jobs.run(`undo ${id}`, { gives: false }, async (job) => {
				const report = await undo(database, run, fields, at, job);
				await tidy(database);
				return report;
			});
			return report
				? { status: 'done', value: report }
				: { status: 'refused', refusal: { type: 'Busy' } };
		},

		importsToAdopt: () => definitionsToAdopt(database),
		importAdopted: (id: string) => markAdopted(database, id)
	};
}

async function write(
	database: Database,
	file: File,
	plan: ImportPlan,
	prepared: Prepared,
	job: Job
): Promise<ImportReport | FileRefusal | undefined> {
	let refusal: FileRefusal | undefined;
	try {
		return await database.bulk(async (tx) => {
			const before = await entered(tx, plan.id);
			if (before)
				return { ...nothingFound, counts: before.counts, definitions: before.definitions };
			const report = await writeAll(tx, sourceOf(file), plan, prepared, job);
			refusal = await growthRefusal(tx, plan, report, true);
			if (refusal) throw stopped;
			const { id, mapping, merging, at } = plan;
			const { used } = prepared.discovery;
			const enrolled = {
				tags: [...new Set([...used.tags, ...merging.tags])],
				lists: [...new Set([...used.lists, ...merging.lists])]
			};
			const { counts, definitions } = report;
			await enter(tx, {
				id,
				file: file.name,
				kind: mapping.kind,
				at,
				counts,
				enrolled,
				definitions
			});
			return report;
		});
	} catch (error) {
		if (error === stopped) return refusal;
		if (isDiskFull(error)) return { type: 'DiskFull' };
		throw error;
	}
}

function undo(
	database: Database,
	run: Entered,
	fields: Fields,
	at: string,
	job: Job
): Promise<UndoReport> {
	return database.bulk(async (tx) => {
		let done = 0;
		const report = await takeBack(tx, { ...run, ...run.enrolled }, fields, async (part) => {
			done += part;
			job.tell(done, done, 'writing');
		});
		await markUndone(tx, run.id, at, report);
		return report;
	});
}

const nothingFound = { groups: [], rejected: [], rejectedFile: undefined, columns: [] };

const isRefusal = (value: unknown): value is FileRefusal =>
	typeof value === 'object' && value !== null && 'type' in value;

const sourceOf = (file: File): Source => ({
	name: file.name,
	size: file.size,
	async bytes(from, to) {
		try {
			return new Uint8Array(await file.slice(from, to).arrayBuffer());
		} catch (error) {
			if (error instanceof DOMException) return;
			throw error;
		}
	}
});

/** All that decides what is read from a file. */
const keyOf = ({ name, size, lastModified }: File, plan: ImportPlan): string => {
	const { dialect, mapping, zone, definitions } = plan;
	const { fields, tags, lists, eventTypes } = definitions;
	const known = [[...fields], [...tags], [...lists], [...eventTypes]];
	return JSON.stringify([name, size, lastModified, dialect, mapping, zone, known]);
};

async function guessCharset(bytes: Uint8Array): Promise<string> {
	const { detect } = await import('chardet');
	return knownCharset(detect(bytes));
}

/** Its rows, their indexes, the ledger and what the database writes ahead. */
const roomFor = (bytes: number): number => bytes * 6 + 300_000_000;

async function roomRefusal(size: number, estimate: Estimate): Promise<FileRefusal | undefined> {
	const { quota, usage } = (await estimate()) ?? {};
	if (quota === undefined || usage === undefined) return;
	const free = quota - usage;
	return free < roomFor(size) ? { type: 'NoRoom', needed: roomFor(size), free } : undefined;
}

/** Where everything is held in memory a workspace must not outgrow it. `written`: the rows are in the tables already. */
async function growthRefusal(
	db: Queryable,
	{ limits, mapping }: ImportPlan,
	{ counts }: ImportReport,
	written = false
): Promise<FileRefusal | undefined> {
	if (!limits) return;
	const [now] = await db.rows<{ contacts: number; events: number }>(
		sql`select (select count(*) from contact)::int as contacts, (select count(*) from event)::int as events`
	);
	const more = written ? 0 : 1;
	const isEvents = mapping.kind === 'events';
	const contacts = now!.contacts + more * (isEvents ? counts.people : counts.created);
	const events = now!.events + more * (isEvents ? counts.created : 0);
	if (contacts > limits.contacts)
		return { type: 'TooMany', what: 'contacts', limit: limits.contacts };
	if (events > limits.events) return { type: 'TooMany', what: 'events', limit: limits.events };
	return;
}

/** 53100 is Postgres's disk_full; a browser's quota shows as one of the others. */
function isDiskFull(error: unknown): boolean {
	const { code, name, message } = error as { code?: string; name?: string; message?: string };
	if (code === 'DEAD') return false; // whoever owns the worker must hear of it
	return (
		code === '53100' || name === 'QuotaExceededError' || /no space left|quota/i.test(message ?? '')
	);
}

/** Nobody else does it: there is no autovacuum, and without it the indexes alone cannot answer. */
async function tidy(database: Database): Promise<void> {
	await database.run(sql`vacuum (analyze) contact`);
	await database.run(sql`vacuum (analyze) contact_tag`);
	await database.run(sql`vacuum (analyze) list_member`);
	await database.run(sql`vacuum (analyze) event`);
	await database.run(sql`vacuum (analyze) event_property`);
	await database.run(sql`vacuum (analyze) ref`);
	await database.run(sql`vacuum (analyze) import_contact`);
}
