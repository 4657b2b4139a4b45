import { Bitmap, sizeFor } from '$lib/bitmap';
import type { Condition } from '$lib/rules/conditions/registry';
import { suppressionReasons } from '$lib/rules/conditions/suppressed/suppressed';
import { leaf, type Rule } from '$lib/rules/rule';
import type { AudienceAsk } from './ask';
import type { AudienceLimit, HoldOut } from './source';
import { audienceStepIds, type AudienceStepId } from './step';

/** Who has one address: at least one who is not archived, and two in all. */
export interface Twins {
	/** Those who are not archived, ascending. */
	readonly present: readonly number[];
	/** Those who are archived and said no to email: that holds for the others all the same. */
	readonly refused: readonly number[];
}

/** Where sets of contacts come from: kept answers, or the tables themselves. */
export interface AudienceData {
	/** Every contact that is not archived. */
	readonly everyone: Bitmap;
	setsOf(rules: readonly Rule[]): Promise<readonly Bitmap[]>;
	/** Of every address that matters to more than one contact. */
	twins(): Promise<readonly Twins[]>;
	/** All contacts in the order in which they go first. `campaign` draws the lots. */
	order(first: AudienceLimit['first'], campaign: string): Promise<Int32Array>;
}

/** The sets that an audience is made of. */
export interface AudienceSets {
	readonly include: readonly Bitmap[];
	readonly exclude: readonly Bitmap[];
	readonly addressed: Bitmap;
	readonly subscribed: Bitmap;
	readonly unsubscribed: Bitmap;
	readonly suppressed: Bitmap;
	readonly heldOut: Bitmap;
	readonly twins: readonly Twins[];
	readonly limit: { readonly most: number; readonly order: Int32Array } | undefined;
}

export interface AudienceStep {
	readonly step: AudienceStepId;
	/** Who is left after it. */
	readonly left: Bitmap;
	/** Whom it took out. */
	readonly out: Bitmap;
}

export async function audienceSets(ask: AudienceAsk, data: AudienceData): Promise<AudienceSets> {
	const { include, exclude, holdOut, limit } = ask;
	const standing = [addressed, subscribed, unsubscribed, suppressed];
	const drawn = holdOut ? [heldOut(holdOut)] : [];
	const rules = [...include, ...exclude].map(({ rule }) => rule);
	const sets = await data.setsOf([...rules, ...[...standing, ...drawn].map(leaf)]);
	const [has, says, refuses, stopped, held = nobody] = sets.slice(rules.length);
	return {
		include: sets.slice(0, include.length),
		exclude: sets.slice(include.length, rules.length),
		addressed: has!,
		subscribed: says!,
		unsubscribed: refuses!,
		suppressed: stopped!,
		heldOut: held,
		twins: await data.twins(),
		limit: limit && {
			most: limit.most,
			order: await data.order(limit.first, ask.campaign)
		}
	};
}

/**
 * What becomes of an audience, step by step. One contact speaks for each address: who said no to email, if anybody with
 * it did, else who is subscribed, else the first. If somebody with the address said no, archived or not, or it is
 * suppressed for one, it is for all.
 */
export function waterfall(sets: AudienceSets): readonly AudienceStep[] {
	const steps: AudienceStep[] = [];
	let left = union(sets.include);
	const take = (step: AudienceStepId, rest: Bitmap) => {
		steps.push({ step, left: rest, out: left.minus(rest) });
		left = rest;
	};
	take('included', left);
	take('excluded', left.minus(union(sets.exclude)));
	take('repeated', onePerAddress(left, sets));
	take('noAddress', left.and(sets.addressed));
	take('notSubscribed', left.and(sets.subscribed).minus(saidNo(sets.twins, sets.unsubscribed)));
	take('suppressed', left.minus(sets.suppressed).minus(sharedWith(sets.twins, sets.suppressed)));
	take('heldOut', left.minus(sets.heldOut));
	take('limited', firstOf(left, sets.limit));
	return steps;
}

/** Those left after the last step. */
export const reachOf = (steps: readonly AudienceStep[]): Bitmap => steps.at(-1)!.left;

/** Steps are always all, in their order. */
export const stepOf = (steps: readonly AudienceStep[], id: AudienceStepId): AudienceStep =>
	steps[audienceStepIds.indexOf(id)]!;

function onePerAddress(among: Bitmap, { twins, unsubscribed, subscribed }: AudienceSets): Bitmap {
	const repeated: number[] = [];
	for (const { present } of twins) {
		const here = present.filter((cno) => among.has(cno));
		if (here.length < 2) continue;
		const speaker =
			here.find((cno) => unsubscribed.has(cno)) ??
			here.find((cno) => subscribed.has(cno)) ??
			here[0];
		for (const cno of here) if (cno !== speaker) repeated.push(cno);
	}
	return among.minus(setOf(repeated, among));
}

/** All whose address somebody has who said no to email. */
export const saidNo = (twins: readonly Twins[], unsubscribed: Bitmap): Bitmap =>
	presentOf(
		twins.filter(
			({ present, refused }) => refused.length > 0 || present.some((cno) => unsubscribed.has(cno))
		)
	);

/** All whose address somebody has whom a set has. */
export const sharedWith = (twins: readonly Twins[], set: Bitmap): Bitmap =>
	presentOf(twins.filter(({ present }) => present.some((cno) => set.has(cno))));

function presentOf(twins: readonly Twins[]): Bitmap {
	const cnos = twins.flatMap(({ present }) => present);
	return Bitmap.of(cnos, sizeFor(cnos));
}

function firstOf(among: Bitmap, limit: AudienceSets['limit']): Bitmap {
	if (!limit || among.count <= limit.most) return among;
	const chosen: number[] = [];
	for (let i = 0; chosen.length < limit.most; i++) {
		const cno = limit.order[i];
		if (cno === undefined) break;
		if (among.has(cno)) chosen.push(cno);
	}
	return setOf(chosen, among);
}

/** Numbers that are all in another set. */
const setOf = (cnos: readonly number[], among: Bitmap): Bitmap =>
	Bitmap.of(cnos, 32 * among.words.length);

const nobody = new Bitmap(new Uint32Array(0));

const union = (sets: readonly Bitmap[]): Bitmap => sets.reduce((a, b) => a.or(b), nobody);

const addressed: Condition = {
	kind: 'field',
	field: 'email',
	of: 'text',
	test: { operator: 'hasValue' }
};
const subscribed: Condition = { kind: 'consent', channel: 'email', is: true, state: 'subscribed' };
const unsubscribed: Condition = { ...subscribed, state: 'unsubscribed' };
const suppressed: Condition = {
	kind: 'suppressed',
	is: true,
	reasons: suppressionReasons
};
const heldOut = ({ percent, seed }: HoldOut): Condition => ({
	...{ kind: 'sample', in: true, seed, from: 0, to: percent }
});
