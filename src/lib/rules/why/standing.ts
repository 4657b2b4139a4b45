import type { Moment } from '$lib/time/moment';
import { addUnits } from '$lib/time/zone';
import { conditionsOf } from '../conditions-of';
import { holds } from '../oracle';
import type { Person } from '../person';
import type { Rule } from '../rule';
import { personAt } from './past';
import { searchOf, turningPoints, type Search, type Span } from './turning-points';

/** Since when something is as it is, and until when if nothing but time passes. Epoch milliseconds. */
export interface Standing {
	/** Left out where it has been so for as long as was looked: from `looked.from` on. */
	readonly since?: number;
	/** Left out where it stays so until `looked.to`. */
	readonly until?: number;
	readonly looked: Span;
}

/** How far is looked, in years. */
const back = 5;
const ahead = 2;

/** Times that a person's events are gone through at most: what is further away is not looked at. */
const mostWork = 3_000_000;

const usualSpan = ({ now, zone }: Moment): Span => ({
	from: addUnits(now, -back, 'year', zone),
	to: addUnits(now, ahead, 'year', zone)
});

export const usualSearch = (moment: Moment): Search => searchOf(moment, usualSpan(moment));

/**
 * The changes nearest to a moment of what a rule says of a person. Only where something passes something can it change:
 * these instants are tried from the nearest outward.
 */
export function standingOf(
	rule: Rule,
	person: Person,
	moment: Moment,
	search: Search = usualSearch(moment)
): Standing {
	const points = [
		...new Set(conditionsOf(rule).flatMap((condition) => turningPoints(condition, person, search)))
	].sort((a, b) => a - b);
	const holdsAt = (now: number) =>
		holds(rule, now < moment.now ? personAt(person, now, moment.now) : person, { ...moment, now });
	const is = holdsAt(moment.now);
	const steps = Math.ceil(mostWork / (person.events.length + 100));

	const past = points.filter((at) => at <= moment.now).toReversed();
	const since = past.slice(0, steps).find((at) => holdsAt(at - 1) !== is);
	const coming = points.filter((at) => at > moment.now);
	const until = coming.slice(0, steps).find((at) => holdsAt(at) !== is);
	return {
		...(since === undefined ? {} : { since }),
		...(until === undefined ? {} : { until }),
		looked: {
			from: past[steps] ?? search.span.from,
			to: coming[steps] ?? search.span.to
		}
	};
}
