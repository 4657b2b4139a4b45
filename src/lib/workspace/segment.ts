import * as z from 'zod/mini';
import { rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import type { Stamp } from './gesture';
import { sameJson } from '$lib/json';
import { compare } from './order';
import { lenses, nodeThroughLenses, throughLenses, type Lens } from './lens';
import { hashIn, isLookedAt } from './looked';
import { project, projectionHash } from './projection';
import { readRegister, type BrokenRegister, type Registers, type Root } from './registers';
import type { StructureIssue } from './tree';
import { readVersion, type Version } from './versions';

export const StampSchema = z.looseObject({ at: z.number(), by: z.string() });

export const SegmentState = z.enum(['active', 'archived', 'deleted']);
export type SegmentState = z.infer<typeof SegmentState>;

export const StateSchema = z.looseObject({ state: SegmentState, at: z.number(), by: z.string() });

/** Which builder a person last used for it. */
export const Builder = z.enum(['basic', 'visual']);
export type Builder = z.infer<typeof Builder>;

export interface Segment {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	/** Ids of tags, sorted. */
	readonly tags: readonly string[];
	readonly state: SegmentState;
	readonly created: Stamp;
	/** The last gesture that touched it, saving included. */
	readonly updated: Stamp;
	/** The working copy: what the builder shows. Nothing else counts it. */
	readonly draft: DraftGroup;
	/** Parts of the draft that hang nowhere, to be attached or discarded. Never evaluated. */
	readonly detached: readonly DraftRule[];
	/** Issues of structure. With any, the draft is neither evaluated nor saved. */
	readonly issues: readonly StructureIssue[];
	/** The rule that counts, is referred to, sent to and exported; `undefined` until first saved. */
	readonly saved: DraftGroup | undefined;
	readonly savedVersion: Version | undefined;
	/** The draft is not what is saved; if nothing is, it is not empty. */
	readonly hasChanges: boolean;
	/** Somebody said "Looks right" of exactly this draft. */
	readonly approved: boolean;
	/** Two people's edits came together in the draft, and nobody has looked at the whole yet. It is not saved then. */
	readonly merged: boolean;
	readonly builder: Builder | undefined;
	/** The campaign it was built for on the spot; it stands in no list of segments until it is saved as one. */
	readonly campaign: string | undefined;
}

/**
 * A segment as the registers have it now; `undefined` if it was never created. Total, like all readers. Its rules are
 * read when they are first asked for, of what was there now: of thousands, most are never asked for more than their name.
 */
export function readSegment(
	now: Registers,
	id: string,
	through: readonly Lens[] = lenses
): Segment | undefined {
	const registers = held(now, id);
	const broken: BrokenRegister[] = [];
	const read = <T>(name: string, schema: z.ZodMiniType<T>): T | undefined =>
		readRegister(registers, 'segments', `${id}/${name}`, schema, broken);

	if (registers.raw('segments', `${id}/new`) === undefined) return;
	const created = read('new', StampSchema) ?? { at: 0, by: '' };
	const state = read('state', StateSchema);
	const projection = once(() => project(registers, id));
	const draft = once(() => throughLenses(projection().rule, through));
	const detached = once(() =>
		projection().detached.map((node) => nodeThroughLenses(node, through))
	);
	const stored = once(() => readSaved(registers, id));
	const saved = once(() => {
		const { version } = stored();
		return version && { ...version, rule: throughLenses(version.rule, through) };
	});

	const hasChanges = once(() => !sameJson(saved()?.rule ?? emptyDraft, draft()));
	const approved = once(() => hashIn(registers, id, 'ok') === projectionHash(projection()));
	const merged = once(() => !isLookedAt(registers, id, projection()));
	const issues = once(() => [...projection().issues, ...stored().issues, ...broken]);

	return {
		id,
		name: read('name', z.string()) ?? '',
		description: read('description', z.string()) ?? '',
		tags: readTags(registers, id),
		state: state?.state ?? 'active',
		created,
		updated: read('updated', StampSchema) ?? created,
		builder: read('builder', Builder),
		campaign: read('campaign', z.string()),
		get draft() {
			return draft();
		},
		get detached() {
			return detached();
		},
		get saved() {
			return saved()?.rule;
		},
		get savedVersion() {
			return saved();
		},
		get hasChanges() {
			return hasChanges();
		},
		get approved() {
			return approved();
		},
		get merged() {
			return merged();
		},
		get issues() {
			return issues();
		}
	};
}

/** What a segment consists of, as it is now and for as long as this is held. Stored values are replaced, never changed. */
function held(registers: Registers, id: string): Registers {
	const valuesOf = (root: Root) =>
		new Map(Array.from(registers.keys(root, id), (key) => [key, registers.raw(root, key)]));
	const values = new Map<Root, ReadonlyMap<string, unknown>>([
		['segments', valuesOf('segments')],
		['nodes', valuesOf('nodes')],
		['versions', valuesOf('versions')]
	]);
	return {
		raw: (root, key) => values.get(root)?.get(key),
		keys: (root) => values.get(root)?.keys() ?? [],
		owners: () => [id]
	};
}

function once<T>(read: () => T): () => T {
	let known: { readonly value: T } | undefined;
	return () => (known ??= { value: read() }).value;
}

const emptyDraft = { type: 'group', id: rootId, match: 'all', children: [] };

function readSaved(registers: Registers, segment: string) {
	const broken: BrokenRegister[] = [];
	const id = readRegister(registers, 'segments', `${segment}/saved`, z.string(), broken);
	const version = id === undefined ? undefined : readVersion(registers, segment, id, broken);
	const missing: StructureIssue[] =
		id !== undefined && !version ? [{ type: 'SavedMissing', version: id }] : [];
	return { version, issues: [...missing, ...broken] };
}

function readTags(registers: Registers, segment: string): string[] {
	const prefix = `${segment}/tag/`;
	return [...registers.keys('segments', segment)]
		.filter((key) => key.startsWith(prefix))
		.map((key) => key.slice(prefix.length))
		.sort(compare);
}
