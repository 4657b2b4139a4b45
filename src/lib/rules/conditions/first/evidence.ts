import type { Evident } from '../../why/evidence';
import { chosenOf, type Chosen } from './chosen';

export const chosenEvidence: Evident<Chosen> = (condition, { events }, moment) => {
	const chosen = chosenOf(condition.kind, condition, events, moment);
	return { type: 'event', event: chosen && { type: chosen.type, at: chosen.at } };
};
