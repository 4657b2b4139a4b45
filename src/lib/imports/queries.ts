import type { Database } from '$lib/db/db';
import { tidy } from '$lib/db/noted';
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
	freeInstant,
	importRuns,
	markAdopted,
	markUndone,
	type Entered
} from './ledger/queries';
import type { ImportDefinitions } from './mapping';
import type { ImportReport, UndoReport } from './report';
import { countOnly, stopped, writeAll, type ImportPlan, type Reading } from './run';
import { prepare, type Prepared } from './run-prepare';
import { estimateHere, growthRefusal, isDiskFull, roomRefusal } from './room/queries';
import { takeBack } from './undo/queries';

export type Outcome<T> =
	| { readonly status: 'done'; readonly value: T }
	| { readonly status: 'cancelled' }
	| { readonly status: 'refused'; readonly refusal: FileRefusal };

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
		work: (reading: Reading, job: Job) => Promise<T | FileRefusal | undefined>
	): Promise<Outcome<T>> {
		const outcome = await jobs.run(id, kind, async (job): Promise<Outcome<T>> => {
			const short = await roomRefusal(file.size, estimate);
			if (short) return { status: 'refused', refusal: short };
			const read = await prepared(file, plan, job);
			if (!read) return { status: 'cancelled' };
			if (!read.ok) return { status: 'refused', refusal: read.error };
			const done = await work({ file: file.name, prepared: read.value, newId }, job);
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
			return attempt(job, { gives: true }, file, plan, async (reading, job) => {
				const report = await countOnly(database, plan, reading, job);
				return report && ((await growthRefusal(database, plan, report, 'counted')) ?? report);
			});
		},

		/** Imports a file, all or nothing, once for each id. */
		runImport(file: File, plan: ImportPlan): Promise<Outcome<ImportReport>> {
			return attempt(plan.id, { gives: false }, file, plan, async (reading, job) => {
				const report = await write(database, plan, reading, job);
				if (report && !isRefusal(report)) {
					last = undefined;
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
	plan: ImportPlan,
	reading: Reading,
	job: Job
): Promise<ImportReport | FileRefusal | undefined> {
	let refusal: FileRefusal | undefined;
	try {
		return await database.bulk(async (tx) => {
			const { id, mapping } = plan;
			const before = await entered(tx, id);
			if (before)
				return { ...nothingFound, counts: before.counts, definitions: before.definitions };
			const at = await freeInstant(tx, plan.at);
			const { report, enrolled } = await writeAll(tx, { ...plan, at }, reading, job);
			refusal = await growthRefusal(tx, plan, report, 'written');
			if (refusal) throw stopped;
			const { counts, definitions } = report;
			const { file } = reading;
			await enter(tx, { id, file, kind: mapping.kind, at, counts, enrolled, definitions });
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

const nothingFound = {
	groups: [],
	leftOut: [],
	notices: [],
	rejected: [],
	rejectedFile: undefined,
	columns: []
};

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
