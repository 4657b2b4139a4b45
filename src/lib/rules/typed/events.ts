import type { EventProperty } from '$lib/events/event-type';
import { sharedProperties } from '../conditions/event/filters';
import { isWindow } from '../operators/window';
import { comparisonOf, testOf } from './comparison';
import { units } from '../operators/time';
import {
	alsoRead,
	either,
	entry,
	fixed,
	list,
	maybe,
	named,
	row,
	unsayable,
	words,
	type Form,
	type Part
} from './form';
import { filtersOf } from './filters';
import { Names, type Vocabulary } from './names';
import { number, span } from './values';

/** `types`: "Placed order, Added to cart" */
export const types = entry('types', list(named(({ eventTypes }) => eventTypes)));

/** `window`, if there is one: "in the last 30 days" */
export const windowTest = testOf('datetime', { type: 'datetime' }, isWindow);
export const strictWindow = maybe(entry('window', windowTest));

/** "in 90 days", of what somebody did: those that have passed. */
const inDays: Form<Part> = alsoRead({
	...span(units),
	read(input) {
		const { at } = input;
		if (!input.words(['in']) || number.read(input) === undefined) return;
		input.at = at + 1;
		const read = span(units).read(input);
		return read && { operator: 'inLast', ...read };
	}
});

/** The same, also said without "the last". */
export const window = maybe(entry('window', either(windowTest, inDays)));

/** `excludeMachines`, if it is said: "by people" */
export const byPeople = maybe(
	either(
		fixed({ excludeMachines: true }, words('by people')),
		fixed({ excludeMachines: false }, words('by anyone'))
	)
);

/** "of the last 5 emails sent", under the key that the condition has it by. */
export const ofLastSends = (key: string): Form<Part> =>
	row(words('of the last'), entry(key, number), words('emails sent', 'email sent'));

/** `where`, if there is one: "where Total > 50", "where (Total > 50 and Currency is CHF)" */
export const where = filters('where', 'where');

/** Filters on properties that all of the events said before have. Several stand in brackets. */
export function filters(key: string, word: string) {
	return ({ types }: Part, names: Vocabulary): Form<Part> => {
		const filter = filterOf(propertiesOf(types, names));
		return maybe(
			either(
				row(words(word), entry(key, filtersOf(filter))),
				// A list without filters is not the same as none, though it asks as little.
				fixed({ [key]: [] }, words(`${word} ( )`))
			)
		);
	};
}

/** The properties that all events of these types have. */
export function propertiesOf(
	types: unknown,
	{ definitions, quoting }: Vocabulary
): Names<EventProperty> {
	const ids = Array.isArray(types) ? types.map(String) : [];
	return new Names('a property', sharedProperties(ids, definitions.eventTypes), quoting);
}

const filterOf = (properties: Names<EventProperty>): Form<Part> =>
	row(
		entry(
			'property',
			named(() => properties)
		),
		({ property: id }) => {
			const property = properties.get(String(id));
			return property ? comparisonOf(property) : unsayable;
		}
	);
