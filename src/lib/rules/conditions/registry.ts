import type * as z from 'zod/mini';
import { event } from './event/event';
import { everyone } from './everyone/everyone';
import { field } from './field/field';
import type { Choice, ConditionKind } from './kind';
import { list } from './list/list';
import { segment } from './segment/segment';
import { tag } from './tag/tag';
import type { Definitions } from '../definitions';

/** Every kind of condition there is, in the order the picker lists them. */
export const kinds = [field, event, tag, list, segment, everyone] as const;

type AnyKind = (typeof kinds)[number];
export type Condition = z.infer<AnyKind['schema']>;

export const kindsByName: ReadonlyMap<string, AnyKind> = new Map(
	kinds.map((kind) => [kind.kind, kind])
);

/** The one cast about kinds: TypeScript cannot tie a looked-up kind to its own condition. */
export function kindOf<C extends Condition>({ kind }: C): ConditionKind<C> {
	return kindsByName.get(kind) as unknown as ConditionKind<C>;
}

/** Everything the picker can add. */
export const allChoices = (definitions: Definitions): readonly Choice[] =>
	kinds.flatMap((kind) => kind.choices(definitions));
