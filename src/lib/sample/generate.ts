import type { ContactEvent } from '$lib/events/contact-event';
import { sampleEvents } from './events';
import { samplePeople, type SamplePerson } from './people';
import { Random } from './random';

export const sampleSize = { people: 2_000, events: 24_000 } as const;

export interface Sample {
	readonly people: readonly SamplePerson[];
	readonly events: readonly ContactEvent[];
}

/** People who never lived and what they did in the year before `now` (epoch milliseconds); the same for the same seed. */
export function generateSample({ now, seed }: { now: number; seed: number }): Sample {
	const random = new Random(seed);
	const people = samplePeople(sampleSize.people, now, random);
	const events = sampleEvents(
		people as [SamplePerson, ...SamplePerson[]], // there are 2,000 of them
		sampleSize.events,
		now,
		random
	);
	return { people, events };
}
