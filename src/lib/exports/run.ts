import type { Bitmap } from '$lib/bitmap';
import type { Database } from '$lib/db/db';
import type { Publish } from '$lib/engine/protocol';
import { evaluate } from '$lib/membership/evaluate';
import type { MemberCache } from '$lib/membership/members';
import { bitmapOf } from '$lib/membership/read-sets';
import { compileRule } from '$lib/rules/compile';
import type { Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { cellReader, type ExportNames } from './cells';
import { headerOf, type ExportColumn } from './columns';
import { fileWriter, type Cell, type ExportFormat } from './format';
import { valuesOf } from './queries';
import { FileRuns, turn, type Exported, type ExportPlace } from './run-files';

/** What to write about whom. `columns` has at least one. */
export interface ExportAsk {
	readonly rule: Rule;
	readonly moment: Moment;
	readonly columns: readonly ExportColumn[];
	readonly names: ExportNames;
}

export interface ExportPreview {
	/** Members now: the lines a file would have, without its header. */
	readonly total: number;
	/** The cells of the first of them. */
	readonly rows: readonly (readonly Cell[])[];
}

/** Contacts asked for at once: about a tenth of a second, after which other questions get their turn. */
const slice = 10_000;

/** What the worker does about files of contacts. */
export function exportApi(
	database: Database,
	cache: MemberCache,
	publish: Publish,
	files = new FileRuns()
) {
	return {
		/** How many members there are, and the first few as they would be written. */
		async previewExport(ask: ExportAsk, limit: number): Promise<ExportPreview> {
			const members = await membersOf(ask, cache);
			const read = cellReader(ask.columns, ask.names);
			const { value: first = [] } = slices(members, limit).next();
			const rows = await valuesOf(database, first, ask.columns);
			return { total: members.count, rows: rows.map(read) };
		},

		/**
		 * Counts anew, then writes all members to a file at `place`, by whose name it is called in the news about its
		 * progress and to cancel it. Nothing is left of a file that was not finished.
		 */
		async exportMembers(
			place: ExportPlace,
			ask: ExportAsk,
			format: ExportFormat
		): Promise<Exported> {
			const { begin, row } = fileWriter(format);
			return files.run(place, async (sink, job) => {
				const members = await membersAnew(ask, database);
				const read = cellReader(ask.columns, ask.names);
				const tell = (done: number) =>
					publish({ type: 'progress', job: place.name, done, total: members.count });
				sink.write(begin(ask.columns.map((column) => headerOf(column, ask.names.fields))));
				let rows = 0;
				tell(0);
				for (const cnos of slices(members, slice)) {
					await turn();
					if (job.cancelled) break;
					const values = await valuesOf(database, cnos, ask.columns);
					sink.write(values.map((of) => row(read(of))).join(''));
					rows += values.length;
					tell(rows);
				}
				return rows;
			});
		},

		/** Ends an export between two slices. One that is over already stays as it is. */
		async cancelExport(name: string): Promise<void> {
			files.cancel(name);
		}
	};
}

async function membersOf({ rule, moment }: ExportAsk, cache: MemberCache): Promise<Bitmap> {
	const members = await cache.at(moment);
	return evaluate(rule, members);
}

/** Asked of the database itself, whatever answers are kept: what leaves the app is as of its moment. */
async function membersAnew({ rule, moment }: ExportAsk, database: Database): Promise<Bitmap> {
	const [row] = await database.rows<{ size: number }>(
		sql`select coalesce(max(cno) + 1, 0)::int as size from contact`
	);
	return bitmapOf(database, compileRule(rule, moment), row!.size);
}

function* slices(members: Bitmap, size: number): Generator<number[]> {
	let cnos: number[] = [];
	for (const cno of members) {
		cnos.push(cno);
		if (cnos.length < size) continue;
		yield cnos;
		cnos = [];
	}
	if (cnos.length > 0) yield cnos;
}
