import { mkdir, open as openFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Fields } from '$lib/fields/field';
import { fileWriter } from '$lib/exports/format';
import { contactCells, contactColumns } from '$lib/portable/cells';
import { countsOf, parts, type Batch, type Counts, type Part } from '$lib/portable/parts';
import { SourceReader } from '$lib/portable/reader';
import { BadSource, version, type Source } from '$lib/portable/source';
import { documentWriter, linesWriter, type WorkspaceWriter } from '$lib/portable/write';

/** A workspace on its way to the disk. */
interface Target {
	add(batch: Batch): Promise<void>;
	end(): Promise<void>;
	/** Leaves nothing behind. */
	discard(): Promise<void>;
}

export interface Export {
	/** What was decided, as the file has it. */
	readonly workspace: unknown;
	readonly fields: Fields;
	/** ISO 8601, in UTC: when it is written. */
	readonly made: string;
}

/** Writes definitions and people to `path`, whose ending says in which form. What was there is replaced at the end. */
export async function exportTo(
	path: string,
	what: Export,
	people: AsyncIterable<Batch>
): Promise<Counts> {
	const target = await written(path, targetAt(path, what));
	const counts = new Map<Part, number>();
	try {
		for await (const batch of people) {
			await written(path, target.add(batch));
			counts.set(batch.part, (counts.get(batch.part) ?? 0) + batch.values.length);
		}
		await written(path, target.end());
	} catch (error) {
		await target.discard();
		throw error;
	}
	return countsOf((part) => counts.get(part) ?? 0);
}

/** What the disk refuses is said of the place that somebody named. */
async function written<T>(path: string, writing: Promise<T>): Promise<T> {
	try {
		return await writing;
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		if (!refusals.has(code)) throw error;
		throw new BadSource(
			`--to ${path}: it cannot be written there (${code}). Choose another place.`
		);
	}
}

const refusals: ReadonlySet<string> = new Set([
	...['ENOENT', 'ENOTDIR', 'EEXIST', 'EISDIR', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC']
]);

/** All of a file, checked. */
export async function* peopleIn(source: Source): AsyncGenerator<Batch> {
	const reader = new SourceReader(source);
	for (const part of parts)
		// Part and values are of one another, which a loop over all parts cannot tell.
		for await (const values of reader.read(part)) yield { part, values } as Batch;
}

function targetAt(path: string, what: Export): Promise<Target> {
	if (path.endsWith('.json')) return fileTarget(path, documentWriter(what.made), what);
	if (path.endsWith('.ndjson')) return fileTarget(path, linesWriter(what.made), what);
	return folderTarget(path, what);
}

async function fileTarget(
	path: string,
	writer: WorkspaceWriter,
	{ workspace }: Export
): Promise<Target> {
	const unfinished = `${path}.unfinished`;
	const file = await openFile(unfinished, 'w');
	await file.appendFile(writer.begin(workspace));
	return {
		add: (batch) => file.appendFile(writer.add(batch)),
		async end() {
			await file.appendFile(writer.end());
			const head = writer.head?.();
			if (head) await file.write(head, 0);
			await file.close();
			await rename(unfinished, path);
		},
		async discard() {
			await file.close();
			await rm(unfinished);
		}
	};
}

/** As exact as can be: no mark in front, and no guard, which would add an apostrophe to some values. */
const csv = fileWriter({ delimiter: ',', lineEnd: 'lf', bom: false, guard: false });

async function folderTarget(path: string, { workspace, fields, made }: Export): Promise<Target> {
	await mkdir(path, { recursive: true });
	const files = new Map<string, FileHandle>();
	const columns: Record<Part | 'tags' | 'lists', readonly string[]> = {
		contacts: contactColumns(fields),
		tags: ['contact', 'tag', 'at'],
		lists: ['contact', 'list', 'at'],
		events: ['id', 'contact', 'type', 'at', 'ref', 'value', 'properties'],
		suppressions: ['channel', 'address', 'reason', 'at'],
		changes: ['contact', 'field', 'at', 'before', 'after'],
		moves: ['contact', 'segment', 'entered', 'at', 'cause'],
		runs: ['id', 'campaign', 'ref', 'at', 'how', 'frozen', 'reach', 'hash', 'state'],
		recipients: [
			...['run', 'place', 'contact', 'hash', 'address', 'variants', 'sources', 'status'],
			...['at', 'diagnostic', 'messageId']
		]
	};
	const nameOf = (part: string) => join(path, `${part}.csv`);
	const put = async (part: keyof typeof columns, rows: readonly Row[]) => {
		const file = files.get(part) ?? (await openFile(`${nameOf(part)}.unfinished`, 'w'));
		if (!files.has(part)) await file.appendFile(csv.begin(columns[part]));
		files.set(part, file);
		const lines = rows.map((row) => csv.row(columns[part].map((name) => row[name] ?? null)));
		await file.appendFile(lines.join(''));
	};
	// There even if there is nobody in them.
	for (const part of ['contacts', 'tags', 'lists', 'events'] as const) await put(part, []);
	return {
		async add(batch) {
			await put(batch.part, rowsOf(batch, fields));
			if (batch.part !== 'contacts') return;
			for (const [part, name] of [
				['tags', 'tag'],
				['lists', 'list']
			] as const)
				await put(
					part,
					batch.values.flatMap(({ uid, [part]: entries }) =>
						entries.map((entry) => {
							const { id, at = null } = typeof entry === 'string' ? { id: entry } : entry;
							return { contact: uid, [name]: id, at };
						})
					)
				);
		},
		async end() {
			const document = { format: 'winnow', version, made, workspace };
			await writeFile(join(path, 'workspace.json'), `${JSON.stringify(document, null, '\t')}\n`);
			for (const [part, file] of files) {
				await file.close();
				await rename(`${nameOf(part)}.unfinished`, nameOf(part));
			}
			// What an earlier workspace in this folder had and this one has not.
			for (const part of parts) if (!files.has(part)) await rm(nameOf(part), { force: true });
		},
		async discard() {
			for (const [part, file] of files) {
				await file.close();
				await rm(`${nameOf(part)}.unfinished`);
			}
		}
	};
}

type Row = Readonly<Record<string, string | number | boolean | null | undefined>>;

function rowsOf(batch: Batch, fields: Fields): readonly Row[] {
	switch (batch.part) {
		case 'contacts':
			return batch.values.map((contact) => contactCells(contact, fields));
		case 'events':
			return batch.values.map(({ properties, ...event }) => ({
				...event,
				properties: Object.keys(properties).length > 0 ? JSON.stringify(properties) : null
			}));
		case 'changes':
			return batch.values.map(({ before, after, ...change }) => ({
				...change,
				before: before === null ? null : JSON.stringify(before),
				after: after === null ? null : JSON.stringify(after)
			}));
		case 'runs':
			return batch.values.map(({ frozen, ...run }) => ({ ...run, frozen: JSON.stringify(frozen) }));
		case 'recipients':
			return batch.values.map(({ variants, sources, ...one }) => ({
				...one,
				variants: JSON.stringify(variants),
				sources: sources ? JSON.stringify(sources) : null
			}));
		case 'suppressions':
		case 'moves':
			return batch.values;
	}
}

/** Whether a path says one of our forms: a folder has no ending, or a slash. */
export const isForm = (path: string): boolean =>
	path.endsWith('/') || ['.json', '.ndjson', ''].includes(extname(path));
