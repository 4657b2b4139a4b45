import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Papa from 'papaparse';

/** A workspace as it lies on the disk. What it holds is not looked at here. */
export interface Source {
	readonly workspace: unknown;
	/** Changes when anything of it does. */
	readonly digest: string;
	contacts(): AsyncIterable<Found>;
	events(): AsyncIterable<Found>;
}

/** A contact or an event, and where it stands. */
export interface Found {
	readonly at: string;
	readonly value: unknown;
}

/** Something about the file that its owner must mend. */
export class BadSource extends Error {}

/** Newest form there is. */
const version = 1;

/** Opens a workspace: a `.json` document, its parts as `.ndjson`, or a folder with `workspace.json` and CSV files. */
export async function openSource(path: string): Promise<Source> {
	const found = await stat(path).catch(() => undefined);
	if (!found) throw new BadSource(`${path}: there is no such file or folder.`);
	if (found.isDirectory()) return openFolder(path);
	return path.endsWith('.ndjson') ? openLines(path) : openDocument(path);
}

async function openDocument(path: string): Promise<Source> {
	const text = await readFile(path, 'utf8');
	const document = parse(text, path);
	checkFormat(document, path);
	const { workspace, contacts = [], events = [] } = document;
	const each = (name: string, list: unknown) =>
		async function* () {
			if (!Array.isArray(list)) throw new BadSource(`${path}: "${name}" is not a list.`);
			for (const [i, value] of list.entries()) yield { at: `${path}: ${name}[${i}]`, value };
		};
	return {
		workspace,
		digest: createHash('sha256').update(text).digest('hex'),
		contacts: each('contacts', contacts),
		events: each('events', events)
	};
}

/** One JSON object a line: a manifest, then `{"workspace": …}`, `{"contact": …}` and `{"event": …}`. */
async function openLines(path: string): Promise<Source> {
	let workspace: unknown;
	let first = true;
	for await (const { at, value } of lines(path)) {
		if (first) checkFormat(value, at);
		first = false;
		if ('workspace' in value) {
			workspace = value.workspace;
			break;
		}
	}
	const each = (name: string) =>
		async function* () {
			for await (const { at, value } of lines(path))
				if (name in value) yield { at, value: value[name] };
		};
	return {
		workspace,
		digest: await digestOf([path]),
		contacts: each('contact'),
		events: each('event')
	};
}

async function openFolder(path: string): Promise<Source> {
	const file = (name: string) => join(path, name);
	const text = await readFile(file('workspace.json'), 'utf8').catch(() => {
		throw new BadSource(`${path}: there is no workspace.json in this folder.`);
	});
	const document = parse(text, file('workspace.json'));
	checkFormat(document, file('workspace.json'));
	return {
		workspace: document.workspace,
		digest: await digestOf(
			['workspace.json', 'contacts.csv', 'tags.csv', 'lists.csv', 'events.csv'].map(file)
		),
		async *contacts() {
			const tags = await entries(file('tags.csv'), 'tag');
			const lists = await entries(file('lists.csv'), 'list');
			for await (const { at, row } of csv(file('contacts.csv'))) {
				const { uid = '', email, external_id, archived_at, ...fields } = row;
				yield {
					at,
					value: {
						...{ uid, email, externalId: external_id, archivedAt: archived_at || null },
						fields: withLists(fields),
						tags: tags.get(uid) ?? [],
						lists: lists.get(uid) ?? []
					}
				};
			}
		},
		async *events() {
			for await (const { at, row } of csv(file('events.csv'))) {
				const { value, ref, properties, ...event } = row;
				yield {
					at,
					value: {
						...event,
						ref: ref || null,
						value: value ? Number(value) : null,
						properties: properties ? parse(properties, at) : {}
					}
				};
			}
		}
	};
}

function checkFormat(document: Readonly<Record<string, unknown>>, at: string): void {
	if (document.format !== 'winnow')
		throw new BadSource(`${at}: this is no workspace of Winnow: "format" is not "winnow".`);
	if (typeof document.version !== 'number' || document.version > version)
		throw new BadSource(
			`${at}: this workspace is of version ${String(document.version)}, made by a newer Winnow. This one reads version ${version}.`
		);
}

function parse(text: string, at: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === 'object' && value !== null && !Array.isArray(value))
			return value as Record<string, unknown>;
	} catch (error) {
		throw new BadSource(`${at}: this is not JSON. ${(error as Error).message}`);
	}
	throw new BadSource(`${at}: this is not a JSON object.`);
}

async function* lines(
	path: string
): AsyncGenerator<{ at: string; value: Record<string, unknown> }> {
	let number = 0;
	for await (const line of createInterface({ input: createReadStream(path) })) {
		number++;
		const at = `${path}:${number}`;
		if (line.trim() !== '') yield { at, value: parse(line, at) };
	}
}

/** Rows of a CSV file by the names in its first row; none if the file is not there. */
async function* csv(path: string): AsyncGenerator<{ at: string; row: Record<string, string> }> {
	if (!(await stat(path).catch(() => undefined))) return;
	const parser = createReadStream(path).pipe(
		Papa.parse(Papa.NODE_STREAM_INPUT, { header: true, skipEmptyLines: 'greedy' })
	);
	let number = 1;
	for await (const row of parser as AsyncIterable<Record<string, string>>)
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

/** Blank cells are no values; a list stands as JSON. */
function withLists(fields: Readonly<Record<string, string>>): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const [id, text] of Object.entries(fields)) {
		if (text === '') continue;
		values[id] = text.startsWith('[') ? listIn(text) : text;
	}
	return values;
}

function listIn(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
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
