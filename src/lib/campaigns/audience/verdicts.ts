import type { AudienceStepId, StepVerdict } from './step';
import { saidNo, sharedWith, type AudienceSets, type AudienceStep } from './waterfall';

/**
 * What every step makes of a contact. Also of one who had left before: it may have to be mended in more than one place.
 * `out` is the step that took it out.
 */
export function verdictsOn(
	cno: number,
	sets: AudienceSets,
	steps: readonly AudienceStep[]
): { readonly steps: readonly StepVerdict[]; readonly out: AudienceStepId | null } {
	const leaving = steps.findIndex(({ left }) => !left.has(cno));
	const gone = leaving === -1 ? steps.length : leaving;
	const refuses = wouldLeave(cno, sets);
	return {
		steps: steps.map(({ step }, i): StepVerdict => {
			if (i < gone) return { step, verdict: 'stays' };
			if (i === gone) return { step, verdict: 'leaves' };
			return { step, verdict: refuses.has(step) ? 'wouldLeave' : 'before' };
		}),
		out: steps[gone]?.step ?? null
	};
}

/** The steps that would take a contact out whoever else is in the audience. */
function wouldLeave(cno: number, sets: AudienceSets): ReadonlySet<AudienceStepId> {
	const { exclude, addressed, subscribed, unsubscribed, suppressed, heldOut, twins } = sets;
	const shared = twins.filter(({ present }) => present.includes(cno));
	const found = new Set<AudienceStepId>();
	if (exclude.some((set) => set.has(cno))) found.add('excluded');
	if (!addressed.has(cno)) found.add('noAddress');
	if (!subscribed.has(cno) || saidNo(shared, unsubscribed).has(cno)) found.add('notSubscribed');
	if (suppressed.has(cno) || sharedWith(shared, suppressed).has(cno)) found.add('suppressed');
	if (heldOut.has(cno)) found.add('heldOut');
	return found;
}
