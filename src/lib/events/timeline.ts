import type { Field } from '$lib/fields/field';
import type { FieldValue } from '$lib/fields/value';
import { dayAt } from '$lib/time/zone';
import type { EventProperty, EventType } from './event-type';
import type { StoredEvent } from './queries';

/** A property of an event, to show. */
export interface ShownProperty {
	readonly id: string;
	readonly name: string;
	readonly value: FieldValue;
	readonly type: Field['type'];
}

/** All properties of an event, its main reference and number first, then in the order of its type. */
export function propertiesOf(
	{ ref, value, properties }: Pick<StoredEvent, 'ref' | 'value' | 'properties'>,
	type: EventType | undefined
): readonly ShownProperty[] {
	const known = type?.properties ?? [];
	const column = (name: EventProperty['column']) =>
		known.find((property) => property.column === name);
	const main: ShownProperty[] = [];
	if (ref !== null)
		main.push({ id: 'ref', name: 'About', type: 'text', ...column('ref'), value: ref });
	if (value !== null)
		main.push({ id: 'value', name: 'Value', type: 'number', ...column('value'), value });
	const given = properties ?? {};
	const order = new Map(known.map(({ id }, i) => [id, i]));
	const rest = Object.keys(given).sort(
		(a, b) => (order.get(a) ?? Infinity) - (order.get(b) ?? Infinity) || (a < b ? -1 : 1)
	);
	return [
		...main,
		...rest.map((id): ShownProperty => {
			const property = known.find((one) => one.id === id);
			return { id, name: property?.name ?? id, type: property?.type ?? 'text', value: given[id]! };
		})
	];
}

/** Things in their order, put together by the month they are of in a zone. */
export function byMonth<T extends { readonly at: string }>(
	things: readonly T[],
	zone: string
): readonly { readonly month: string; readonly things: readonly T[] }[] {
	const months: { month: string; things: T[] }[] = [];
	for (const thing of things) {
		const month = dayAt(Date.parse(thing.at), zone).slice(0, 7);
		if (months.at(-1)?.month === month) months.at(-1)!.things.push(thing);
		else months.push({ month, things: [thing] });
	}
	return months;
}

/** "November 2026" for `2026-11`. */
export const monthText = (month: string, locale = 'en-GB'): string =>
	new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
		Date.parse(`${month}-01T00:00:00Z`)
	);
