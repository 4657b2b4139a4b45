import { unreachable } from '$lib/result';
import type { Moment } from '$lib/time/moment';
import { crossings } from '../../crossing';
import type { CountTest } from '../../operators/count';
import { mostTold, type EventSeen, type Evident } from '../../why/evidence';
import { countOf, found, type EventCondition } from './event';

export const eventEvidence: Evident<EventCondition> = (condition, { events }, moment) => {
	const counted = newestFirst(found(condition, events, moment));
	const { window: _window, ...whenever } = condition;
	const [otherwise] = counted.length > 0 ? [] : newestFirst(found(whenever, events, moment));
	const asksHowOften = condition.did && condition.count !== undefined;
	const more = asksHowOften ? shortOf(countOf(condition), counted.length) : undefined;
	return {
		type: 'events',
		count: counted.length,
		latest: counted.slice(0, mostTold).map(seen),
		otherwise: otherwise && seen(otherwise),
		more,
		by: more ? firstLoss(condition, counted, moment) : undefined
	};
};

const newestFirst = <E extends EventSeen>(events: readonly E[]): readonly E[] =>
	events.toSorted((a, b) => b.at - a.at);

const seen = ({ type, at }: EventSeen): EventSeen => ({ type, at });

/** How many more make the number pass; nothing where it passes, or more are of no help. */
function shortOf(test: CountTest, count: number): number | undefined {
	const more = least(test) - count;
	return more > 0 ? more : undefined;
}

function least(test: CountTest): number {
	switch (test.operator) {
		case 'atLeast':
		case 'exactly':
			return test.n;
		case 'moreThan':
			return test.n + 1;
		case 'between':
			return test.from;
		case 'atMost':
		case 'fewerThan':
		case 'notExactly':
		case 'notBetween':
			return 0;
		default:
			return unreachable(test);
	}
}

/** When the next of these is out of the window, as time passes. */
function firstLoss(
	{ window }: EventCondition,
	counted: readonly EventSeen[],
	moment: Moment
): number | undefined {
	const oldest = counted.at(-1);
	return window && oldest && crossings(window, oldest.at, moment)[0];
}
