import type * as z from 'zod/mini';
import { aggregate } from './aggregate/aggregate';
import { anniversary } from './anniversary/anniversary';
import { changed } from './changed/changed';
import { consent } from './consent/consent';
import { engagement } from './engagement/engagement';
import { event } from './event/event';
import { everyone } from './everyone/everyone';
import { field } from './field/field';
import { first } from './first/first';
import { inactive } from './inactive/inactive';
import type { Choice, ConditionKind, Sign } from './kind';
import { last } from './last/last';
import { list } from './list/list';
import { membership } from './membership/membership';
import { message } from './message/message';
import { purchase } from './purchase/purchase';
import { regularly } from './regularly/regularly';
import { place } from './place/place';
import { sample } from './sample/sample';
import { segment } from './segment/segment';
import { sequence } from './sequence/sequence';
import { suppressed } from './suppressed/suppressed';
import { tag } from './tag/tag';
import type { Definitions } from '../definitions';
import type { DraftCondition } from '../rule';

/** Every kind of condition there is, in the order the picker lists them. */
export const kinds = [
	field,
	event,
	aggregate,
	first,
	last,
	inactive,
	sequence,
	regularly,
	message,
	purchase,
	engagement,
	tag,
	list,
	segment,
	membership,
	changed,
	anniversary,
	place,
	consent,
	suppressed,
	everyone,
	sample
] as const;

type AnyKind = (typeof kinds)[number];
export type Condition = z.infer<AnyKind['schema']>;
/** Kinds that are others in other words. */
export type LoweredKind = Extract<AnyKind, { lower: unknown }>['kind'];

export const kindsByName: ReadonlyMap<string, AnyKind> = new Map(
	kinds.map((kind) => [kind.kind, kind])
);

/** The one cast about kinds: TypeScript cannot tie a looked-up kind to its own condition. */
export function kindOf<C extends Condition>({ kind }: C): ConditionKind<C> {
	return kindsByName.get(kind) as unknown as ConditionKind<C>;
}

/** Whether conditions of a kind are others in other words. */
export function isLowered(kind: string): boolean {
	const known = kindsByName.get(kind);
	return known !== undefined && 'lower' in known;
}

/** A condition of a draft; nothing for one that is not finished, or says what this version does not know. */
export function readCondition(draft: DraftCondition['condition']): Condition | undefined {
	const read = kindsByName.get(draft.kind)?.schema.safeParse(draft);
	return read?.success && unknownIn(draft, read.data).length === 0 ? read.data : undefined;
}

/**
 * What a condition says that its schema did not take over, by name and at any depth: a misspelt part, or one that only a
 * newer version knows. Of `v`, the form it is in, the first is the only one that is read without a lens.
 */
export const unknownIn = (
	{ v = 1, ...said }: DraftCondition['condition'],
	read: Condition
): readonly string[] => [...(v === 1 ? [] : ['v']), ...unreadIn(said, read)];

function unreadIn(said: object, read: object): readonly string[] {
	const taken = new Map<string, unknown>(Object.entries(read));
	return Object.entries(said).flatMap(([key, part]: [string, unknown]) => {
		if (part === undefined) return [];
		if (!taken.has(key)) return [key];
		const inner = taken.get(key);
		return isObject(part) && isObject(inner) ? unreadIn(part, inner) : [];
	});
}

const isObject = (part: unknown): part is object => typeof part === 'object' && part !== null;

/** The sign of a condition, finished or not. */
export const signOf = (draft: DraftCondition['condition']): Sign =>
	kindsByName.get(draft.kind)?.sign(draft) ?? 'group';

/** What its kind says, in one line. */
export const definitionOf = (draft: DraftCondition['condition']): string | undefined =>
	kindsByName.get(draft.kind)?.definition;

/** Everything the picker can add. */
export const allChoices = (definitions: Definitions): readonly Choice[] =>
	kinds.flatMap((kind) => kind.choices(definitions));
