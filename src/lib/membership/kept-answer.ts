import { Bitmap } from '$lib/bitmap';
import { compileCondition } from '$lib/rules/compile';
import { concerned } from '$lib/rules/drift';
import { driftOf } from '$lib/rules/conditions/drifts';
import type { MemberSet, Table } from '$lib/rules/conditions/kind';
import { kindOf, type Condition } from '$lib/rules/conditions/registry';
import { scanOf } from '$lib/rules/conditions/scans';
import type { Scan } from '$lib/rules/mirror/scan';
import { timesOf } from '$lib/rules/times';
import { render, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';

/** A condition asked at a moment. */
export interface Ask {
	/** The same at every moment, and of all conditions that come to the same set. */
	readonly key: string;
	/** Everyone but that set. */
	readonly negated: boolean;
	readonly condition: Condition;
	readonly moment: Moment;
	/** Worked out only where the answer is not known. */
	readonly compiled: MemberSet;
}

/** What asks are called by what they say, since working it out takes longer than combining their sets. */
const called = new Map<string, Pick<Ask, 'key' | 'negated'>>();
const mostCalled = 2000;

export function askOf(condition: Condition, moment: Moment): Ask {
	const { zone, weekStart } = moment;
	const said = JSON.stringify([condition, zone, weekStart]);
	const names = called.get(said) ?? nameOf(condition, moment);
	if (called.size >= mostCalled) called.clear();
	called.set(said, names);
	let compiled: MemberSet | undefined;
	return {
		...names,
		condition,
		moment,
		get compiled() {
			return (compiled ??= compileCondition(condition, moment));
		}
	};
}

function nameOf(condition: Condition, moment: Moment): Pick<Ask, 'key' | 'negated'> {
	const { zone, weekStart } = moment;
	// What a statement is at one moment does not tell what it is at others: 30 days may be a month.
	const { select, negated } = compileCondition(condition, { ...moment, now: 0 });
	const key = JSON.stringify([render(select), timesOf(condition), zone, weekStart]);
	return { key, negated };
}

/** A set, and the contacts that changed since it was asked for. */
export interface KeptSet {
	readonly select: Sql;
	/** How a mirror answers it. */
	readonly scan: Scan | undefined;
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
	/** Those of it, and those not of it, among everyone there is. */
	among: { readonly set: Bitmap; readonly everyone: Bitmap; in?: Bitmap; out?: Bitmap };
}

export const keptSet = (select: Sql, reads: readonly Table[], set: Bitmap): KeptSet => ({
	select,
	scan: undefined,
	reads,
	relative: false,
	set,
	changed: new Set(),
	patching: undefined
});

export const keptOf = ({ condition, moment, compiled }: Ask, set: Bitmap): Kept => ({
	...keptSet(compiled.select, readsOf(condition), set),
	scan: scanOf(condition, moment),
	relative: compiled.relative ?? false,
	moment,
	among: { set, everyone: set }
});

/** Who a condition holds for among everyone, with the set of its answer as it is now. */
export function membersOf(answer: Kept, negated: boolean, everyone: Bitmap): Bitmap {
	const { set } = answer;
	if (answer.among.set !== set || answer.among.everyone !== everyone)
		answer.among = { set, everyone };
	return negated
		? (answer.among.out ??= everyone.minus(set))
		: (answer.among.in ??= set.and(everyone));
}

/** The answer at another moment, once these contacts, who may be concerned, are asked about. */
export const movedTo = (ask: Ask, known: Kept, cnos: readonly number[]): Kept => ({
	...keptOf(ask, known.set),
	among: known.among,
	changed: new Set([...known.changed, ...(known.patching?.cnos ?? []), ...cnos])
});

/** Selects of those whose answer may be another than when it was kept; nothing if that may be anybody. */
export const concernedSince = ({ condition, moment }: Ask, { moment: then }: Kept) =>
	then.now === moment.now ? [] : concerned(driftOf(condition), then, moment);

const readsOf = (condition: Condition): readonly Table[] => {
	const kind = kindOf(condition);
	return 'lower' in kind ? [] : kind.reads;
};
