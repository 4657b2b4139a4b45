import type { EventTypes } from '$lib/events/event-type';
import { familyOf, type Family, type Field, type Fields } from '$lib/fields/field';
import { isBought } from '$lib/rules/conditions/purchase/choices';
import { coordinateFields } from '$lib/rules/conditions/place/choices';
import { order } from '$lib/rules/conditions/purchase/purchase';
import type { Definitions } from '$lib/rules/definitions';
import { textKey } from '$lib/text-key';

/** What the contacts and events of a workspace say by themselves. */
export interface Facts {
	/** Ids of the event types of which there is an event. */
	readonly events: readonly string[];
	/** Of the fields that were asked about, those in which somebody has a value. */
	readonly filled: readonly string[];
	/** The campaign that began last, and whether its deliveries are known. */
	readonly campaign: { readonly name: string; readonly delivered: boolean } | undefined;
	/** The link that most people clicked. */
	readonly link: string | undefined;
	/** What most people bought, at most two. */
	readonly bestSelling: readonly string[];
	/** A fifth of those whose orders have totals spend this much or more in an average order. */
	readonly highOrder: number | undefined;
}

/** The property of orders that says what was bought. */
export interface Bought {
	readonly property: string;
	readonly of: Family;
}

/** The same, with what the definitions say. */
export interface Known extends Facts {
	readonly bought: Bought | undefined;
	readonly birthday: Field | undefined;
	readonly coordinates: ReturnType<typeof coordinateFields>;
}

export const knownOf = (facts: Facts, { fields, eventTypes }: Definitions): Known => ({
	...facts,
	bought: boughtIn(eventTypes),
	birthday: birthdayIn(fields),
	coordinates: coordinateFields(fields)
});

/** The first property of orders that is called like a thing that is bought. */
export function boughtIn(eventTypes: EventTypes): Bought | undefined {
	const property = eventTypes
		.get(order)
		?.properties.find((property) => isBought(property) && named.has(familyOf(property.type)));
	return property && { property: property.id, of: familyOf(property.type) };
}

const named: ReadonlySet<Family> = new Set(['text', 'select', 'multiselect']);

const birthdays =
	/birth|\bb-?day\b|\bdob\b|geburt|naissance|anniversaire|nascita|compleanno|nacimiento|cumplea|fødsels|födelse|verjaardag/;

/** The field of dates that is called like a birthday; a whole instant only where there is no day. */
export function birthdayIn(fields: Fields): Field | undefined {
	const called = [...fields.values()].filter(({ name }) => birthdays.test(textKey(name)));
	const of = (family: Family) => called.find(({ type }) => familyOf(type) === family);
	return of('date') ?? of('datetime');
}

/** To two digits that count: 87.35 is 87, and 1,240 is 1,200. */
export const roundly = (n: number): number => Number(n.toPrecision(2));
