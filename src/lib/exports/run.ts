import type { Bitmap } from '$lib/bitmap';
import type { Database } from '$lib/db/db';
import type { Publish } from '$lib/engine/protocol';
import { evaluate } from '$lib/membership/evaluate';
import type { MemberCache } from '$lib/membership/members';
import { bitmapOf } from '$lib/membership/read-sets';
import { compileRule } from '$lib/rules/compile';
import type { Rule } from '$lib/rules/rule';
import { hexOf, Sha256 } from '$lib/sha256';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { cellReader, cellType, type ExportNames } from './cells';
import { hasPhoneForm, headerOf, type ExportColumn } from './columns';
import { mostRows, type Cell, type ExportFormat } from './format';
import { blanksOf, valuesOf } from './queries';
import { FileRuns, turn, type Exported, type ExportPlace } from './run-files';
import { openTable, type Piece } from './run-table';
import { toolsFor } from './run-tools';

/** What to write about whom. `columns` has at least one. */
export interface ExportAsk {
	readonly rule: Rule;
	readonly moment: Moment;
	readonly columns: readonly ExportColumn[];
	readonly names: ExportNames;
	/** Where phone numbers without a country code are from, if the contact's country does not say. */
	readonly phoneCountry?: string | undefined;
}

export interface ExportPreview {
	/** Members now. */
	readonly total: number;
	/** The cells of the first of them. */
	readonly rows: readonly (readonly Cell[])[];
}

/** What would be missing in a file. */
export interface ExportGaps {
	/** For each column, how many members have nothing in its field. */
	readonly blank: readonly number[];
	/** For each column, how many phone numbers cannot be read of those looked at. */
	readonly unread: readonly number[];
	/** Whether there were more members than were looked at. */
	readonly more: boolean;
}

/** What became of the members while a file was written. */
export interface ExportCounts {
	/** Members of the rule; each is a row, or was left out. */
	readonly members: number;
	/** Those who had nothing in a column that is required. */
	readonly leftOut: number;
	/** For each column, the rows with nothing in it. */
	readonly blank: readonly number[];
	/** For each column, the phone numbers that could not be read, and are blank. */
	readonly unread: readonly number[];
	/** Cells that the format could not hold as they are. */
	readonly altered: number;
}

export type ExportedMembers =
	| (Extract<Exported, { status: 'done' }> & {
			readonly counts: ExportCounts;
			/** SHA-256 of the file, in hex. */
			readonly sha256: string;
	  })
	| Exclude<Exported, { status: 'done' }>;

/** Contacts asked for at once: about a tenth of a second, after which other questions get their turn. */
const slice = 10_000;

/** Members whose phone numbers are looked at before a file is written: about as long. */
const lookedAt = 20_000;

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
			const read = await readerOf(ask);
			const { value: first = [] } = slices(members, limit).next();
			const rows = await valuesOf(database, first, ask.columns);
			return { total: members.count, rows: rows.map(read) };
		},

		/** What would be missing in a file. */
		async exportGaps(ask: ExportAsk): Promise<ExportGaps> {
			const unread = new Map<string, number>();
			const blank = await blanksOf(database, compileRule(ask.rule, ask.moment), ask.columns);
			const phones = ask.columns.filter(hasPhoneForm);
			let more = false;
			if (phones.length > 0) {
				const members = await membersOf(ask, cache);
				const read = await readerOf({ ...ask, columns: phones }, unread);
				let seen = 0;
				for (const cnos of slices(members, slice)) {
					more = seen >= lookedAt;
					if (more) break;
					await turn();
					for (const values of await valuesOf(database, cnos, phones)) read(values);
					seen += cnos.length;
				}
			}
			return { blank, unread: countsOf(ask.columns, unread), more };
		},

		/**
		 * Counts anew, then writes all members to a file at `place`, by whose name it is called in the news about its
		 * progress and to cancel it. Nothing is left of a file that was not finished.
		 */
		async exportMembers(
			place: ExportPlace,
			ask: ExportAsk,
			format: ExportFormat
		): Promise<ExportedMembers> {
			const { columns, names, moment } = ask;
			const digest = new Sha256();
			const unread = new Map<string, number>();
			const blank = columns.map(() => 0);
			let counts: Omit<ExportCounts, 'unread' | 'blank'> | undefined;
			const done = await files.run(place, async (sink, job) => {
				const members = await membersAnew(ask, database);
				if (members.count > mostRows(format))
					throw new Error(
						`A sheet has room for ${mostRows(format)} people. Choose another format.`
					);
				const read = await readerOf(ask, unread);
				const table = await openTable(
					format,
					columns.map((column) => ({
						header: headerOf(column, names.fields),
						type: cellType(column, names)
					})),
					moment.zone,
					(piece) => {
						const bytes = bytesOf(piece);
						digest.add(bytes);
						sink.write(bytes);
					}
				);
				const tell = (done: number) =>
					publish({ type: 'progress', job: place.name, done, total: members.count });
				let [seen, rows] = [0, 0];
				tell(0);
				for (const cnos of slices(members, slice)) {
					await turn();
					if (job.cancelled) break;
					const values = await valuesOf(database, cnos, columns);
					const written = values.map(read).filter((cells) => hasRequired(cells, columns));
					for (const cells of written)
						for (let i = 0; i < cells.length; i++) if (isBlank(cells[i]!)) blank[i]!++;
					table.add(written);
					seen += values.length;
					rows += written.length;
					tell(seen);
				}
				table.end();
				counts = { members: seen, leftOut: seen - rows, altered: table.altered };
				return rows;
			});
			if (done.status !== 'done') return done;
			return {
				...done,
				// It is there: the work that makes it is done.
				counts: { ...counts!, blank, unread: countsOf(columns, unread) },
				sha256: hexOf(digest.end())
			};
		},

		/** Ends an export between two slices. One that is over already stays as it is. */
		async cancelExport(name: string): Promise<void> {
			files.cancel(name);
		}
	};
}

/** Reads rows as they are written, and counts phone numbers that cannot be read by their column. */
async function readerOf(
	{ columns, names, phoneCountry }: ExportAsk,
	unread = new Map<string, number>()
): Promise<(values: readonly unknown[]) => Cell[]> {
	const onunread = (column: string) => void unread.set(column, (unread.get(column) ?? 0) + 1);
	return cellReader(columns, names, await toolsFor(columns, { phoneCountry, onunread }));
}

const countsOf = (columns: readonly ExportColumn[], counts: ReadonlyMap<string, number>) =>
	columns.map(({ id }) => counts.get(id) ?? 0);

const hasRequired = (cells: readonly Cell[], columns: readonly ExportColumn[]): boolean =>
	columns.every(({ required }, i) => !required || !isBlank(cells[i] ?? null));

const isBlank = (cell: Cell): boolean =>
	cell === null || cell === '' || (typeof cell === 'object' && cell.length === 0);

const encoder = new TextEncoder();
const bytesOf = (piece: Piece): Uint8Array<ArrayBuffer> =>
	typeof piece === 'string' ? encoder.encode(piece) : piece;

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
