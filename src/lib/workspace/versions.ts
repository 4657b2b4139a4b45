import * as z from 'zod/mini';
import { sameJson } from '$lib/json';
import { NodeId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import type { Edit, Stamp } from './gesture';
import { compare } from './order';
import { readRegister, type BrokenRegister, type Registers } from './registers';

/** One rule of a segment that is kept for ever as it was. */
export interface Version extends Stamp {
	readonly id: string;
	readonly rule: DraftGroup;
	/** Somebody saved it; or it is the draft as it was left, kept before somebody edited it on after a while. */
	readonly why: 'saved' | 'idle';
	/** The versions there were when it was saved, for whoever saved it; `undefined` where that was not noted. */
	readonly after: readonly string[] | undefined;
}

/** How many contacts a rule had when it was saved or written to a file, on the device that did so. */
export interface Counted {
	readonly count: number;
	readonly everyone: number;
}

/** A file that was written of a version: for ever as it was. */
export interface ExportNote extends Stamp {
	readonly id: string;
	/** Of the rule as it was evaluated, with the rules of the segments it refers to: SHA-256 in hex. */
	readonly hash: string;
	readonly count: number;
	readonly file: string;
}

/** A version with all that was noted about it since. */
export interface KeptVersion extends Version {
	readonly name: string | undefined;
	readonly counted: Counted | undefined;
	/** Newest first. */
	readonly exports: readonly ExportNote[];
	/** Somebody has seen that it was saved at the same time as another, and left it at that. */
	readonly settled: boolean;
}

/** Every version of a segment that reads as one, newest first. */
export function readVersions(registers: Registers, segment: string): KeptVersion[] {
	const notes = notesOf(registers, segment);
	return [...notes.keys()]
		.flatMap((id) => {
			const version = readVersion(registers, segment, id, []);
			return version ? [withNotes(registers, segment, version, notes.get(id) ?? [])] : [];
		})
		.sort((a, b) => b.at - a.at || compare(a.id, b.id));
}

export function readVersion(
	registers: Registers,
	segment: string,
	id: string,
	broken: BrokenRegister[]
): Version | undefined {
	const read = readRegister(registers, 'versions', `${segment}/${id}`, VersionSchema, broken);
	if (!read) return;
	const { at, by, rule, why = 'saved', after } = read;
	return { id, at, by, rule, why, after };
}

/**
 * Of saved versions those that whoever saved the current one did not know, newest first: two people saved at once, one
 * counts, and these do not. Not those that say the same as it, nor those that another of them came after, nor those that
 * somebody has settled.
 */
export function savedBeside(
	versions: readonly KeptVersion[],
	current: string | undefined
): KeptVersion[] {
	const counting = versions.find(({ id }) => id === current);
	if (!counting?.after) return [];
	const known = new Set(counting.after);
	const beside = versions.filter(
		({ id, why, after }) => why === 'saved' && after && id !== current && !known.has(id)
	);
	const outlived = new Set(beside.flatMap(({ after }) => after ?? []));
	const said = saidBy(counting.rule);
	return beside.filter(
		({ id, rule, settled }) => !settled && !outlived.has(id) && !sameJson(saidBy(rule), said)
	);
}

/** A rule without the ids of its parts: two people who say the same have made parts of their own. */
const saidBy = ({ id: _, ...said }: DraftRule): object =>
	said.type === 'group' ? { ...said, children: said.children.map(saidBy) } : said;

/** Versions kept of a segment beside those that are never let go. */
const newest = 20;

/**
 * Keeps a rule under an id of its own, and lets go of the oldest: never of what counts, what has a name, what a file
 * was written of, or what was saved at the same time and not settled.
 */
export function putVersion(
	edit: Edit,
	segment: string,
	{ id, ...version }: Omit<Version, 'after'>
): void {
	const known = readVersions(edit, segment);
	const after =
		version.why === 'saved' ? known.filter(isSaved).map((other) => other.id) : undefined;
	edit.write('versions', `${segment}/${id}`, { ...version, after });
	letGo(edit, segment, version.why === 'saved' ? id : currentOf(edit, segment), id);
}

/** Notes how many a version has, where that is not noted yet. */
export function noteCount(edit: Edit, segment: string, version: string, counted: Counted): void {
	const key = `${segment}/${version}/count`;
	if (edit.raw('versions', key) === undefined) edit.write('versions', key, counted);
}

/** A version with a name is never let go. An empty name takes it away. */
export const nameVersion = (edit: Edit, segment: string, version: string, name: string): void =>
	edit.write('versions', `${segment}/${version}/name`, name || undefined);

/** Notes that a file was written of a version. Refused if that is not there: its rule could not be told any more. */
export function noteExport(
	edit: Edit,
	segment: string,
	version: string,
	{ id, hash, count, file }: Omit<ExportNote, keyof Stamp>
): void {
	if (edit.raw('versions', `${segment}/${version}`) === undefined)
		return edit.refuse({ type: 'Gone', segment });
	const note = { ...edit.stamp, hash, count, file };
	edit.write('versions', `${segment}/${version}/export/${id}`, note);
}

/** Leaves it at what counts, of versions that were saved at once. */
export const settleVersion = (edit: Edit, segment: string, version: string): void =>
	edit.write('versions', `${segment}/${version}/settled`, edit.stamp);

const isSaved = ({ why }: Version): boolean => why === 'saved';

const currentOf = (registers: Registers, segment: string): string | undefined =>
	readRegister(registers, 'segments', `${segment}/saved`, z.string(), []);

function letGo(edit: Edit, segment: string, current: string | undefined, made: string): void {
	const versions = readVersions(edit, segment);
	const beside = new Set(savedBeside(versions, current));
	const stays = (version: KeptVersion) =>
		version.id === current ||
		version.id === made ||
		version.name !== undefined ||
		version.exports.length > 0 ||
		beside.has(version);
	const gone = new Set(
		versions
			.filter((version, i) => i >= newest && !stays(version))
			.map((version) => `${segment}/${version.id}`)
	);
	for (const key of [...edit.keys('versions', segment)])
		if (gone.has(key.split('/', 2).join('/'))) edit.write('versions', key, undefined);
}

/** The keys beside each version, without its own part. */
function notesOf(registers: Registers, segment: string): Map<string, string[]> {
	const notes = new Map<string, string[]>();
	for (const key of registers.keys('versions', segment)) {
		const [, id, ...note] = key.split('/');
		if (!id) continue;
		const of = notes.get(id) ?? [];
		notes.set(id, note.length > 0 ? [...of, note.join('/')] : of);
	}
	return notes;
}

function withNotes(
	registers: Registers,
	segment: string,
	version: Version,
	notes: readonly string[]
): KeptVersion {
	const read = <T>(note: string, schema: z.ZodMiniType<T>): T | undefined =>
		readRegister(registers, 'versions', `${segment}/${version.id}/${note}`, schema, []);
	const exports = notes.flatMap((note): ExportNote[] => {
		if (!note.startsWith('export/')) return [];
		const written = read(note, ExportSchema);
		return written ? [{ ...written, id: note.slice('export/'.length) }] : [];
	});
	return {
		...version,
		name: read('name', z.string()),
		counted: read('count', CountedSchema),
		exports: exports.sort((a, b) => b.at - a.at || compare(a.id, b.id)),
		settled: notes.includes('settled')
	};
}

const Group = z.looseObject({
	type: z.literal('group'),
	id: NodeId,
	match: z.string(),
	get children() {
		return z.array(Node);
	}
});
const Condition = z.looseObject({
	type: z.literal('condition'),
	id: NodeId,
	condition: z.looseObject({ kind: z.string() })
});
const Node = z.discriminatedUnion('type', [Group, Condition]);
const VersionSchema = z.looseObject({
	at: z.number(),
	by: z.string(),
	rule: Group,
	// What a newer app calls it, it is a version.
	why: z.optional(z.catch(z.enum(['saved', 'idle']), 'idle')),
	after: z.optional(z.catch(z.array(z.string()), []))
});
const Size = z.int().check(z.minimum(0));
const CountedSchema = z.looseObject({ count: Size, everyone: Size });
const ExportSchema = z.looseObject({
	...{ at: z.number(), by: z.string() },
	...{ hash: z.string(), count: Size, file: z.string() }
});
