import { Bitmap } from '$lib/bitmap';
import { compileCondition } from '$lib/rules/compile';
import { concerned } from '$lib/rules/drift';
import { driftOf } from '$lib/rules/conditions/drifts';
import type { MemberSet, Table } from '$lib/rules/conditions/kind';
import { kindOf, type Condition } from '$lib/rules/conditions/registry';
import { timesOf } from '$lib/rules/times';
import { render, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';

/** A condition asked at a moment. */
export interface Ask {
	/** The same at every moment, and of all conditions that come to the same set. */
	readonly key: string;
	readonly condition: Condition;
	readonly moment: Moment;
	readonly compiled: MemberSet;
}

export function askOf(condition: Condition, moment: Moment): Ask {
	const compiled = compileCondition(condition, moment);
	const { zone, weekStart } = moment;
	// What a statement is at one moment does not tell what it is at others: 30 days may be a month.
	const { select } = compileCondition(condition, { ...moment, now: 0 });
	const key = JSON.stringify([render(select), timesOf(condition), zone, weekStart]);
	return { key, condition, moment, compiled };
}

/** A set, and the contacts that changed since it was asked for. */
export interface KeptSet {
	readonly select: Sql;
	readonly reads: readonly Table[];
	/** Who is in it hangs on others too, so that no change of some contacts can mend it. */
	readonly relative: boolean;
	set: Bitmap;
	readonly changed: Set<number>;
	/** The question about some of those contacts, while it is under way. */
	patching: { readonly cnos: readonly number[]; readonly done: Promise<void> } | undefined;
}

/** The set of a condition. */
export interface Kept extends KeptSet {
	/** When it is the answer. */
	readonly moment: Moment;
}

export const keptSet = (select: Sql, reads: readonly Table[], set: Bitmap): KeptSet => ({
	select,
	reads,
	relative: false,
	set,
	changed: new Set(),
	patching: undefined
});

export const keptOf = ({ condition, moment, compiled }: Ask, set: Bitmap): Kept => ({
	...keptSet(compiled.select, readsOf(condition), set),
	relative: compiled.relative ?? false,
	moment
});

/** The answer at another moment, once these contacts, who may be concerned, are asked about. */
export const movedTo = (ask: Ask, known: Kept, cnos: readonly number[]): Kept => ({
	...keptOf(ask, known.set),
	changed: new Set([...known.changed, ...(known.patching?.cnos ?? []), ...cnos])
});

/** Selects of those whose answer may be another than when it was kept; nothing if that may be anybody. */
export const concernedSince = ({ condition, moment }: Ask, { moment: then }: Kept) =>
	then.now === moment.now ? [] : concerned(driftOf(condition), then, moment);

const readsOf = (condition: Condition): readonly Table[] => {
	const kind = kindOf(condition);
	return 'lower' in kind ? [] : kind.reads;
};

/** The set with the bits of `cnos` taken from `now`. */
export function patched(set: Bitmap, cnos: readonly number[], now: Bitmap, size: number): Bitmap {
	const words = new Uint32Array(Math.ceil(size / 32));
	words.set(set.words);
	for (const cno of cnos) {
		const bit = 1 << (cno & 31);
		if (now.has(cno)) words[cno >>> 5]! |= bit;
		else words[cno >>> 5]! &= ~bit;
	}
	return new Bitmap(words);
}
