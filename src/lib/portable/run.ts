import type { Database } from '$lib/db/db';
import { tidy } from '$lib/db/noted';
import type { Publish } from '$lib/engine/protocol';
import { FileRuns, turn, type Exported, type ExportPlace } from '$lib/exports/run-files';
import { Jobs, type ImportStep, type Job } from '$lib/imports/jobs';
import type { ImportPlan } from '$lib/imports/run';
import { stopped } from '$lib/imports/run';
import { breath } from '$lib/imports/run-prepare';
import { estimateHere, isDiskFull, outgrown, roomRefusal } from '$lib/imports/room/queries';
import { sql } from '$lib/sql';
import { plainSink, sealedSink } from './encrypted/sealed-sink';
import type { Locked } from './encrypted/passphrase';
import type { Form } from './form';
import { loadPeople, type Loaded, type LoadPlan } from './load';
import type { Counts } from './parts';
import { countAll } from './reader';
import type { WorkspaceRefusal } from './refusal';
import { sourceOf } from './run-source';
import { BadSource, type Source } from './source';
import { unload } from './unload';
import { workspaceIn, type PortableWorkspace } from './workspace';
import { documentWriter, linesWriter } from './write';

/** Up to so many contacts and events together a workspace is written as one document, which is read whole. */
export const documentLimit = 20_000;

export interface SaveAsk {
	/** Else whoever has the file can read it. */
	readonly locked?: Locked | undefined;
	readonly workspace: PortableWorkspace;
	/** Else the definitions alone. */
	readonly people: boolean;
	/** ISO 8601, in UTC: when it is saved. */
	readonly made: string;
}

export interface FileContents {
	readonly workspace: PortableWorkspace;
	/** ISO 8601: when it was saved, if it says. */
	readonly made: string | undefined;
	readonly counts: Counts;
	/** There is nobody here yet. */
	readonly nobodyHere: boolean;
}

export interface OpenPlan
	extends Pick<LoadPlan, 'definitions' | 'then'>, Pick<ImportPlan, 'limits'> {
	/** Of this very opening. */
	readonly id: string;
	/** Opens an encrypted file. */
	readonly key?: CryptoKey | undefined;
}

export type Outcome<T> =
	| { readonly status: 'done'; readonly value: T }
	| { readonly status: 'cancelled' }
	| { readonly status: 'refused'; readonly refusal: WorkspaceRefusal };

/** What the worker does about workspace files. Long ones tell `progress` under their name and can be cancelled by it. */
export function workspaceFileApi(
	database: Database,
	publish: Publish,
	files = new FileRuns(),
	estimate = estimateHere
) {
	const jobs = new Jobs(publish, () => performance.now());

	/** Does something with a file, unless that must not be, and says why it could not be done. */
	async function attempt<T extends object>(
		file: File,
		{ id, gives, key }: { id: string; gives: boolean; key: CryptoKey | undefined },
		work: (source: Source, job: Job) => Promise<T | WorkspaceRefusal>
	): Promise<Outcome<T>> {
		const outcome = await jobs.run(id, { gives }, async (job): Promise<Outcome<T>> => {
			try {
				const short = await roomRefusal(file.size, estimate);
				const done = short ?? (await work(await sourceOf(file, job, key), job));
				return isRefusal(done)
					? { status: 'refused', refusal: done }
					: { status: 'done', value: done };
			} catch (error) {
				if (error === stopped) return { status: 'cancelled' };
				const refusal = refusalOf(error);
				if (!refusal) throw error;
				return { status: 'refused', refusal };
			}
		});
		return outcome ?? { status: 'refused', refusal: { type: 'Busy' } };
	}

	return {
		/** Writes the workspace to a file: a small one as a document, any other as lines, encrypted if it is locked. */
		async saveWorkspaceFile(
			place: ExportPlace,
			{ workspace, people, made, locked }: SaveAsk
		): Promise<Exported & { readonly form: Form }> {
			let form: Form = locked ? 'winnow' : 'json';
			const done = await files.run(place, async (sink, job) => {
				const total = people ? await rowsIn(database) : 0;
				if (!locked && total > documentLimit) form = 'ndjson';
				const writer = form === 'json' ? documentWriter(made) : linesWriter(made);
				const text = locked ? await sealedSink(sink, locked, made) : plainSink(sink);
				await text.write(writer.begin(workspace));
				let rows = 0;
				for await (const batch of people ? unload(database) : []) {
					await text.write(writer.add(batch));
					rows += batch.values.length;
					publish({ type: 'progress', job: place.name, done: rows, total: Math.max(rows, total) });
					await turn();
					if (job.cancelled) break;
				}
				await text.write(writer.end());
				await text.end(writer.head?.());
				return rows;
			});
			return { ...done, form };
		},

		/** Reads all of a file, and writes nothing. It gives way to whatever comes after it. */
		checkWorkspaceFile: (file: File, id: string, key?: CryptoKey): Promise<Outcome<FileContents>> =>
			attempt(file, { id, gives: true, key }, async (source, job) => {
				const workspace = workspaceIn(source);
				const counts = await countAll(source, teller(source, job, 'reading'));
				const nobodyHere = (await rowsIn(database)) === 0;
				return { workspace, made: source.made, counts, nobodyHere };
			}),

		/** Adds what a file holds to what is here, all or nothing. Again, it changes nothing. */
		openWorkspaceFile: (file: File, plan: OpenPlan): Promise<Outcome<Loaded>> =>
			attempt(file, { id: plan.id, gives: false, key: plan.key }, async (source, job) => {
				let refusal: WorkspaceRefusal | undefined;
				try {
					const loaded = await database.bulk(async (tx) => {
						const tell = teller(source, job, 'writing');
						const loaded = await loadPeople(tx, source, { ...plan, tell });
						refusal = await outgrown(tx, plan.limits, { contacts: 0, events: 0 });
						if (refusal) throw stopped;
						return loaded;
					});
					await tidy(database);
					return loaded;
				} catch (error) {
					if (error === stopped && refusal) return refusal;
					throw error;
				}
			}),

		/** Nothing happens if it is over. What was written is taken back. */
		async cancelWorkspaceFile(id: string): Promise<void> {
			jobs.cancel(id);
			files.cancel(id);
		}
	};
}

/** Contacts and events. */
async function rowsIn(database: Database): Promise<number> {
	const [row] = await database.rows<{ rows: number }>(
		sql`select ((select count(*) from contact) + (select count(*) from event))::int as rows`
	);
	return row!.rows;
}

/** Says how far it is, and lets other questions and Cancel in. */
const teller = (source: Source, job: Job, step: ImportStep) => async (done: number) => {
	job.tell(done, source.total ?? done, step);
	await breath();
	if (job.cancelled) throw stopped;
};

function refusalOf(error: unknown): WorkspaceRefusal | undefined {
	if (error instanceof BadSource) return { type: 'Wrong', message: error.message };
	if (error instanceof DOMException && error.name === 'NotReadableError')
		return { type: 'Unreadable' };
	return isDiskFull(error) ? { type: 'DiskFull' } : undefined;
}

const isRefusal = (value: object): value is WorkspaceRefusal => 'type' in value;
