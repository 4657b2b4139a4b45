import * as Y from 'yjs';
import type * as z from 'zod/mini';
import { err, ok, type Result } from '$lib/result';
import { isJsonObject, plainJson, type Json, type JsonLimits, type JsonProblem } from '$lib/json';

/**
 * The workspace document: root maps of registers. A register is a path (`<segment>/<node>/b`) and a plain value,
 * written whole, so that edits of two registers by two people always both survive. There are no nested Yjs types.
 */
export const roots = [
	'meta',
	'settings',
	'segments',
	'nodes',
	'versions',
	'fields',
	'lists',
	'tags',
	'eventTypes',
	'campaigns',
	'journeys',
	'smartLists',
	'suppressions',
	'comments',
	'people',
	'exports'
] as const;
export type Root = (typeof roots)[number];

/** Registers to read from: the document itself, or the document under the writes of a gesture being made. */
export interface Registers {
	/** What is stored, whatever it is; `undefined` where there is nothing. */
	raw(root: Root, key: string): unknown;
	/** The keys that start with `<owner>/`, and `owner` itself where it is a key. In no order. */
	keys(root: Root, owner: string): Iterable<string>;
	/** The first parts of all keys. In no order. */
	owners(root: Root): Iterable<string>;
}

/** A register whose value does not read as what it should be. The rest of the document is not affected. */
export interface BrokenRegister {
	readonly type: 'BrokenRegister';
	readonly root: Root;
	readonly key: string;
	readonly problem: JsonProblem | 'unexpected';
}

export const registerLimits: JsonLimits = { size: 16 * 1024, depth: 12 };

/** A version holds a whole rule in one value: up to 200 nodes, nested up to 8 deep, each level two of JSON's. */
export const versionLimits: JsonLimits = { size: 1024 * 1024, depth: 32 };

/** A block of a campaign holds formatted text, nested in lists and quotes. */
export const campaignLimits: JsonLimits = { size: 256 * 1024, depth: 40 };

/** A view of contacts holds a whole rule, of which each level is two of JSON's. */
export const viewLimits: JsonLimits = { size: 256 * 1024, depth: 40 };

export function limitsOf(root: Root): JsonLimits {
	switch (root) {
		case 'versions':
		case 'exports': // what is noted of a file has the rule in it that it is of
			return versionLimits;
		case 'campaigns':
			return campaignLimits;
		case 'smartLists':
			return viewLimits;
		default:
			return registerLimits;
	}
}

/**
 * Reads one register as what `schema` says. Total: a value that is not that reads as absent, and is added to
 * `issues`. Schemas of objects are loose, so that what a newer app wrote beside is kept.
 */
export function readRegister<T>(
	registers: Registers,
	root: Root,
	key: string,
	schema: z.ZodMiniType<T>,
	issues: BrokenRegister[]
): T | undefined {
	const raw = registers.raw(root, key);
	if (raw === undefined) return;
	const value = readOnce(raw, schema, limitsOf(root));
	if (value.ok) return value.value;
	issues.push({ type: 'BrokenRegister', root, key, problem: value.error });
}

type Read<T> = Result<T, BrokenRegister['problem']>;

/** A stored object is never changed, only replaced: read once, it stays the same object for all who compare by it. */
const readBefore = new WeakMap<object, { schema: unknown; read: unknown }>();

function readOnce<T>(raw: unknown, schema: z.ZodMiniType<T>, limits: JsonLimits): Read<T> {
	if (typeof raw !== 'object' || raw === null) return readRaw(raw, schema, limits);
	const before = readBefore.get(raw);
	// Read by this very schema, it is what this schema gives.
	if (before?.schema === schema) return before.read as Read<T>;
	const read = readRaw(raw, schema, limits);
	readBefore.set(raw, { schema, read });
	return read;
}

function readRaw<T>(raw: unknown, schema: z.ZodMiniType<T>, limits: JsonLimits): Read<T> {
	const json = plainJson(raw, limits);
	if (!json.ok) return json;
	const parsed = schema.safeParse(json.value);
	return parsed.success ? ok(parsed.data) : err('unexpected');
}

/** What is stored as a plain object to patch, so that what is not understood stays; `{}` where it is none. */
export function rawObject(registers: Registers, root: Root, key: string): Record<string, Json> {
	const json = plainJson(registers.raw(root, key), limitsOf(root));
	return json.ok && isJsonObject(json.value) ? { ...json.value } : {};
}

const everyObject: object = {};

/** Whether a name can be an id. What every object has (`constructor`) would be found in any table by id, as if known. */
export const isUsableId = (id: string): boolean =>
	id !== '' && id.length <= 64 && !id.includes('/') && !(id in everyObject);

const unusable = Object.getOwnPropertyNames(Object.prototype).join('|');
const hasUnusableId = new RegExp(`(?:^|/)(?:${unusable})(?:/|$)`);

export const ownerOf = (key: string): string => key.split('/', 1)[0] ?? key;

export const mapOf = (doc: Y.Doc, root: Root): Y.Map<unknown> => doc.getMap(root);

/** The registers of a document, indexed by owner, so that reading one segment does not look at all the others. */
export function registersOf(doc: Y.Doc): Registers {
	let known = registersByDoc.get(doc);
	if (!known) {
		const indexes = new Map(roots.map((root) => [root, indexOf(mapOf(doc, root))]));
		known = {
			raw: (root, key) => mapOf(doc, root).get(key),
			keys: (root, owner) => indexes.get(root)?.get(owner) ?? [],
			owners: (root) => indexes.get(root)?.keys() ?? []
		};
		registersByDoc.set(doc, known);
	}
	return known;
}

const registersByDoc = new WeakMap<Y.Doc, Registers>();

function indexOf(map: Y.Map<unknown>): ReadonlyMap<string, ReadonlySet<string>> {
	const index = new Map<string, Set<string>>();
	const add = (key: string) => {
		if (hasUnusableId.test(key)) return; // kept, and never read
		const owner = ownerOf(key);
		const keys = index.get(owner);
		if (keys) keys.add(key);
		else index.set(owner, new Set([key]));
	};
	const remove = (key: string) => {
		const keys = index.get(ownerOf(key));
		keys?.delete(key);
		if (keys?.size === 0) index.delete(ownerOf(key));
	};

	for (const key of map.keys()) add(key);
	map.observe(({ keysChanged }) => {
		for (const key of keysChanged)
			if (map.has(key)) add(key);
			else remove(key);
	});
	return index;
}
