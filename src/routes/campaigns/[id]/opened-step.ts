import type { AudienceStepId } from '$lib/campaigns/audience/step';

/** People of a step that are looked at: who is left after it, or whom it took out. */
export interface OpenedStep {
	readonly step: AudienceStepId;
	readonly side: 'left' | 'out';
	readonly title: string;
}
