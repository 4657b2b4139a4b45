import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { contactIn, jsonIn, valueOf } from '$lib/portable/cells';
import { openDocument } from '$lib/portable/document';
import { openLines } from '$lib/portable/lines';
import { parts, type Part } from '$lib/portable/parts';
import {
	BadSource,
	checkFormat,
	madeIn,
	parse,
	type Found,
	type Source
} from '$lib/portable/source';
import { fieldsIn } from '$lib/portable/workspace';

export interface SourceOnDisk extends Source {
	/** Changes when anything of it does. */
	readonly digest: string;
}

/** Opens a workspace: a `.json` document, its parts as `.ndjson`, or a folder with `workspace.json` and CSV files. */
export async function openSource(path: string): Promise<SourceOnDisk> {
	const found = await stat(path).catch(() => undefined);
	if (!found) throw new BadSource(`${path}: there is no such file or folder.`);
	if (found.isDirectory()) return openFolder(path);
	const source = path.endsWith('.ndjson')
		? await openLines(path, () => createReadStream(path, 'utf8'))
		: openDocument(path, await readFile(path, 'utf8'));
	return { ...source, digest: await digestOf([path]) };
}

async function openFolder(path: string): Promise<SourceOnDisk> {
	const file = (name: string) => join(path, name);
	const text = await readFile(file('workspace.json'), 'utf8').catch(() => {
		throw new BadSource(`${path}: there is no workspace.json in this folder.`);
	});
	const document = parse(text, file('workspace.json'));
	checkFormat(document, file('workspace.json'));
	const fields = fieldsIn(document.workspace);
	const readers: Record<Part, (row: Row, at: string) => object> = {
		contacts: (row, at) => contactIn(row, fields, at),
		events: ({ value, ref, properties, ...event }, at) => ({
			...event,
			ref: ref || null,
			value: value ? Number(value) : null,
			properties: jsonIn(properties, at)
		}),
		suppressions: (row) => row,
		changes: ({ before, after, ...change }, at) => ({
			...change,
			before: valueOf(before, at),
			after: valueOf(after, at)
		}),
		moves: ({ entered, ...move }) => ({ ...move, entered: entered === 'true' })
	};
	const names = ['workspace.json', 'tags.csv', 'lists.csv', ...parts.map((part) => `${part}.csv`)];
	return {
		...{ name: path, workspace: document.workspace, made: madeIn(document), total: undefined },
		digest: await digestOf(names.map(file)),
		async *each(part): AsyncGenerator<Found> {
			const entered = part === 'contacts';
			const tags = entered ? await entries(file('tags.csv'), 'tag') : undefined;
			const lists = entered ? await entries(file('lists.csv'), 'list') : undefined;
			for await (const { at, row } of csv(file(`${part}.csv`))) {
				const value = readers[part](row, at);
				const uid = row.uid ?? '';
				const more = entered ? { tags: tags?.get(uid) ?? [], lists: lists?.get(uid) ?? [] } : {};
				yield { at, value: { ...value, ...more } };
			}
		}
	};
}

type Row = Record<string, string>;

/** Rows of a CSV file by the names in its first row; none if the file is not there. */
async function* csv(path: string): AsyncGenerator<{ at: string; row: Row }> {
	if (!(await stat(path).catch(() => undefined))) return;
	const parser = createReadStream(path).pipe(
		// Guessed, the delimiter of a file with few commas would be another.
		Papa.parse(Papa.NODE_STREAM_INPUT, { header: true, delimiter: ',', skipEmptyLines: 'greedy' })
	);
	let number = 1;
	for await (const row of parser as AsyncIterable<Row>)
		yield { at: `${path}: row ${++number}`, row };
}

/** Who is in what, by uid. */
async function entries(
	path: string,
	name: string
): Promise<Map<string, { id: string; at: string | null }[]>> {
	const found = new Map<string, { id: string; at: string | null }[]>();
	for await (const { row } of csv(path)) {
		const uid = row.contact ?? '';
		const entry = { id: row[name] ?? '', at: row.at || null };
		const known = found.get(uid);
		if (known) known.push(entry);
		else found.set(uid, [entry]);
	}
	return found;
}

async function digestOf(paths: readonly string[]): Promise<string> {
	const hash = createHash('sha256');
	for (const path of paths) {
		hash.update(path);
		if (await stat(path).catch(() => undefined))
			for await (const part of createReadStream(path, { highWaterMark: 1 << 20 }))
				hash.update(part as Buffer);
	}
	return hash.digest('hex');
}
