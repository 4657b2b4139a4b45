import * as z from 'zod/mini';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import type { Stamp } from './gesture';
import { sameJson } from '$lib/json';
import { compare } from './order';
import { project, projectionHash } from './projection';
import { readRegister, type BrokenRegister, type Registers } from './registers';
import type { StructureIssue } from './tree';

export const StampSchema = z.looseObject({ at: z.number(), by: z.string() });

export const SegmentState = z.enum(['active', 'archived', 'deleted']);
export type SegmentState = z.infer<typeof SegmentState>;

export const StateSchema = z.looseObject({ state: SegmentState, at: z.number(), by: z.string() });

/** Which builder a person last used for it. */
export const Builder = z.enum(['basic', 'visual']);
export type Builder = z.infer<typeof Builder>;

/** One saved rule of a segment, for ever as it was. */
export interface Version extends Stamp {
	readonly id: string;
	readonly rule: DraftGroup;
}

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
	readonly builder: Builder | undefined;
}

/** A segment as the registers have it; `undefined` if it was never created. Total, like all readers. */
export function readSegment(registers: Registers, id: string): Segment | undefined {
	const broken: BrokenRegister[] = [];
	const read = <T>(name: string, schema: z.ZodMiniType<T>): T | undefined =>
		readRegister(registers, 'segments', `${id}/${name}`, schema, broken);

	if (registers.raw('segments', `${id}/new`) === undefined) return;
	const created = read('new', StampSchema) ?? { at: 0, by: '' };
	const state = read('state', StateSchema);
	const projection = project(registers, id);
	const saved = readSaved(registers, id, broken);
	const approval = read('ok', Approval);

	return {
		id,
		name: read('name', z.string()) ?? '',
		description: read('description', z.string()) ?? '',
		tags: readTags(registers, id),
		state: state?.state ?? 'active',
		created,
		updated: read('updated', StampSchema) ?? created,
		draft: projection.rule,
		detached: projection.detached,
		saved: saved.version?.rule,
		savedVersion: saved.version,
		hasChanges: !sameJson(saved.version?.rule ?? emptyDraft, projection.rule),
		approved: approval !== undefined && approval.hash === projectionHash(projection),
		builder: read('builder', Builder),
		issues: [...projection.issues, ...saved.issues, ...broken]
	};
}

const Approval = z.looseObject({ hash: z.string() });
const emptyDraft = { type: 'group', id: rootId, match: 'all', children: [] };

/** Every version of a segment that reads as one, newest first. */
export function readVersions(registers: Registers, segment: string): Version[] {
	return [...registers.keys('versions', segment)]
		.flatMap((key) => readVersion(registers, segment, key.slice(segment.length + 1), []) ?? [])
		.sort((a, b) => b.at - a.at || compare(a.id, b.id));
}

function readSaved(registers: Registers, segment: string, broken: BrokenRegister[]) {
	const id = readRegister(registers, 'segments', `${segment}/saved`, z.string(), broken);
	if (id === undefined) return { version: undefined, issues: [] };
	const version = readVersion(registers, segment, id, broken);
	const issues: StructureIssue[] = version ? [] : [{ type: 'SavedMissing', version: id }];
	return { version, issues };
}

function readVersion(
	registers: Registers,
	segment: string,
	id: string,
	broken: BrokenRegister[]
): Version | undefined {
	const version = readRegister(registers, 'versions', `${segment}/${id}`, VersionSchema, broken);
	return version && { id, at: version.at, by: version.by, rule: version.rule };
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
const VersionSchema = z.looseObject({ at: z.number(), by: z.string(), rule: Group });

function readTags(registers: Registers, segment: string): string[] {
	const prefix = `${segment}/tag/`;
	return [...registers.keys('segments', segment)]
		.filter((key) => key.startsWith(prefix))
		.map((key) => key.slice(prefix.length))
		.sort(compare);
}
