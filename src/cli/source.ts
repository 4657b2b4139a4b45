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
import { openEncrypted } from './encrypted';

export interface SourceOnDisk extends Source {
	/** Changes when anything of it does. */
	readonly digest: string;
}

/**
 * Opens a workspace: a `.json` document, its parts as `.ndjson`, lines encrypted with a passphrase, or a folder
 * with `workspace.json` and CSV files.
 */
export async function openSource(path: string, passphrase?: string): Promise<SourceOnDisk> {
	const found = await stat(path).catch(() => undefined);
	if (!found) throw new BadSource(`${path}: there is no such file or folder.`);
	if (found.isDirectory()) return openFolder(path);
	const source = (await openEncrypted(path, passphrase)) ?? (await openPlain(path));
	return { ...source, digest: await digestOf([path]) };
}

const openPlain = async (path: string): Promise<Source> =>
	path.endsWith('.ndjson')
		? openLines(path, () => createReadStream(path, 'utf8'))
		: openDocument(path, await readFile(path, 'utf8'));

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
		// Anything else is left as it stands, to be refused.
		moves: ({ entered, ...move }) => ({
			...move,
			entered: entered === 'true' || (entered === 'false' ? false : entered)
		}),
		runs: ({ frozen, reach, ...run }, at) => ({
			...run,
			frozen: valueOf(frozen, at),
			reach: Number(reach)
		}),
		recipients: ({ place, variants, sources, ...recipient }, at) => ({
			...Object.fromEntries(Object.entries(recipient).filter(([, cell]) => cell !== '')),
			place: Number(place),
			variants: valueOf(variants, at),
			sources: valueOf(sources, at)
		})
	};
	const names = ['workspace.json', 'tags.csv', 'lists.csv', ...parts.map((part) => `${part}.csv`)];
	return {
		...{ name: path, workspace: document.workspace, made: madeIn(document), total: undefined },
		digest: await digestOf(names.map(file)),
		async *each(part): AsyncGenerator<Found> {
			const rows = csv(file(`${part}.csv`));
			if (part !== 'contacts') {
				for await (const { at, row } of rows) yield { at, value: readers[part](row, at) };
				return;
			}
			const tags = await entries(file('tags.csv'), 'tag');
			const lists = await entries(file('lists.csv'), 'list');
			for await (const { at, row } of rows) {
				const uid = row.uid ?? '';
				const more = { tags: tags.take(uid), lists: lists.take(uid) };
				yield { at, value: { ...readers.contacts(row, at), ...more } };
			}
			tags.checkTaken();
			lists.checkTaken();
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

interface Entry {
	readonly id: string;
	readonly at: string | null;
}

/** Who is in what. Each contact takes its own; what nobody took is of nobody. */
async function entries(
	path: string,
	name: string
): Promise<{ take(uid: string): readonly Entry[]; checkTaken(): void }> {
	const left = new Map<string, Entry[]>();
	for await (const { at, row } of csv(path)) {
		const { contact: uid, [name]: id } = row;
		if (uid === undefined || id === undefined)
			throw new BadSource(`${at}: there must be the columns "contact" and "${name}".`);
		const entry = { id, at: row.at || null };
		const known = left.get(uid);
		if (known) known.push(entry);
		else left.set(uid, [entry]);
	}
	return {
		take(uid) {
			const taken = left.get(uid) ?? [];
			left.delete(uid);
			return taken;
		},
		checkTaken() {
			const [uid] = left.keys();
			if (uid !== undefined)
				throw new BadSource(`${path}: there is no contact with the uid "${uid}".`);
		}
	};
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
