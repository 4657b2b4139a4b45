import { sayValue } from '$lib/fields/say';
import type { Definitions } from '../../definitions';
import { explainComparison } from '../../operators/compare';
import { missingWords } from '../../operators/comparison';
import { datetime } from '../../operators/datetime';
import { explainAs } from '../../operators/presence';
import type { Window } from '../../operators/window';
import { name, pathName, whereWord, type Phrase } from '../../phrase';
import type { EventFilter } from './matching';
import { propertyOf } from './property';

/** "Placed order or Added to cart" */
export const explainTypes = (types: readonly string[], { eventTypes }: Definitions): Phrase =>
	types.flatMap((id, i): Phrase => [
		...(i === 0 ? [] : [' or ']),
		name(eventTypes.get(id)?.name ?? 'a deleted event')
	]);

/** "the last 5 emails sent" */
export const explainSends = (n: number): string =>
	n === 1 ? 'the last email sent' : `the last ${n} emails sent`;

/** " in the last 30 days", with the space before it; nothing without a window. */
export const explainWindow = (window: Window | undefined): Phrase =>
	window ? [' ', ...datetime.explain(window, { value: String, field: String })] : [];

/** " where Total > 50 and Currency is CHF", with the space before it. */
export const explainWhere = (
	where: readonly EventFilter[] | undefined,
	types: readonly string[],
	definitions: Definitions,
	first = whereWord
): Phrase =>
	(where ?? []).flatMap((filter, i): Phrase => [
		i === 0 ? first : ' and ',
		...explainFilter(filter, types, definitions)
	]);

function explainFilter(
	filter: EventFilter,
	types: readonly string[],
	definitions: Definitions
): Phrase {
	const property = propertyOf(types, filter.property, definitions.eventTypes);
	return [
		name(pathName(property?.name ?? filter.property, filter.path)),
		...(filter.path === undefined ? [] : explainAs(filter)),
		' ',
		...explainComparison(filter, { value: (value) => sayValue(value, property), field: String }),
		...missingWords(filter)
	];
}
