import { unreachable } from '$lib/result';
import type { AudienceStepId, StepCount, StepVerdict } from './step';

/** What a step takes out, as a line of the list of steps says it. */
export const stepWords: Record<AudienceStepId, { readonly name: string; readonly why: string }> = {
	included: { name: 'In the audience', why: 'In at least one of the segments and lists above.' },
	excluded: { name: 'Left out by choice', why: 'In a segment or list it must not go to.' },
	repeated: {
		name: 'Same address',
		why: 'Another contact with this address comes first; each address gets one message at most.'
	},
	noAddress: { name: 'No email address', why: 'There is nowhere to send it to.' },
	notSubscribed: {
		name: 'Not subscribed',
		why: 'Email consent is not “Subscribed”, or somebody with the same address said no.'
	},
	suppressed: {
		name: 'Suppressed',
		why: 'The address bounced, complained, was of somebody who unsubscribed and was erased, or was suppressed by hand.'
	},
	heldOut: {
		name: 'Held out',
		why: 'Drawn to get nothing, so that what the campaign does can be told.'
	},
	limited: { name: 'Over the limit', why: 'The campaign goes to fewer people than there are.' }
};

/** Why people are not subscribed, and what to do about it; `refused`: how many of them said no. */
export function notSubscribedWords(
	out: number,
	refused: number,
	formatCount: (count: number) => string
): string {
	const silent = out - refused;
	const no = `${formatCount(refused)} said no, or somebody with their address did.`;
	if (silent === 0) return no;
	const unknown = `Of ${formatCount(silent)} it is not known that they said yes: if they did, import it or set their “Email consent”.`;
	return refused === 0 ? unknown : `${no} ${unknown}`;
}

/** Those who are taken out though nobody chose it, after their number. */
const leftOut: Partial<Record<AudienceStepId, string>> = {
	repeated: 'with the address of another',
	noAddress: 'without an email address',
	notSubscribed: 'not subscribed to email',
	suppressed: 'suppressed'
};

/** How many are left out though nobody chose it, and why: "2 not subscribed to email, 1 suppressed"; `''` for nobody. */
export const leftOutWords = (
	steps: readonly StepCount[],
	formatCount: (count: number) => string
): string =>
	steps
		.flatMap(({ step, out }) => {
			const why = leftOut[step];
			return why && out > 0 ? `${formatCount(out)} ${why}` : [];
		})
		.join(', ');

/** What a step made of a contact, after the step's name. */
export function verdictWords(step: AudienceStepId, verdict: StepVerdict['verdict']): string {
	if (step === 'included') return verdict === 'stays' ? 'yes' : 'no';
	switch (verdict) {
		case 'stays':
			return 'no, stays';
		case 'leaves':
			return 'yes, taken out here';
		case 'wouldLeave':
			return 'would be taken out here too';
		case 'before':
			return 'out already';
		default:
			return unreachable(verdict);
	}
}
