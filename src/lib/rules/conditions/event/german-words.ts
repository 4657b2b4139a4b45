import { germanEventOf } from '$lib/events/german';
import { sayValue } from '$lib/fields/say';
import type { Definitions } from '../../definitions';
import { predicateOf } from '../../operators/german/families';
import { sayMissing } from '../../operators/german/missing';
import { dependent, type Predicate } from '../../operators/german/predicate';
import { sayAs } from '../../operators/german/presence';
import { sayWindow } from '../../operators/german/window';
import { neitherOf, sayNumber } from '../../operators/german/words';
import type { Window } from '../../operators/window';
import { name, pathName, value, type Part, type Phrase } from '../../phrase';
import type { EventFilter } from './matching';
import { propertyOf } from './property';

/** After "hat", at the end: "bestellt oder eine E-Mail geöffnet" */
export const sayDone = (types: readonly string[], definitions: Definitions): Phrase =>
	types.flatMap((id, i): Phrase => [...(i === 0 ? [] : [' oder ']), ...done(id, definitions)]);

/** "nicht bestellt", "weder bestellt noch eine E-Mail geöffnet" */
export function sayNotDone(types: readonly string[], definitions: Definitions): Phrase {
	const [only = '', ...others] = types;
	if (others.length > 0) return neitherOf(types.map((id) => done(id, definitions)));
	const type = definitions.eventTypes.get(only);
	const known = type && germanEventOf(type);
	return known ? [name(known.didNot)] : [name(type?.name ?? deleted), ' nicht ausgelöst'];
}

function done(id: string, { eventTypes }: Definitions): Phrase {
	const type = eventTypes.get(id);
	const known = type && germanEventOf(type);
	return known ? [name(known.did)] : [name(type?.name ?? deleted), ' ausgelöst'];
}

/** "Bestellungen oder E-Mail-Öffnungen", in whatever case */
export const sayEvents = (types: readonly string[], { eventTypes }: Definitions): Phrase =>
	types.flatMap((id, i): Phrase => {
		const type = eventTypes.get(id);
		const events = (type && germanEventOf(type)?.events) ?? type?.name ?? deleted;
		return [...(i === 0 ? [] : [' oder ']), name(events)];
	});

const deleted = 'ein gelöschtes Ereignis';

/** "in den letzten 30 Tagen ", with the space after it; nothing without a window. */
export const sayThen = (window: Window | undefined): Phrase =>
	window ? [...sayWindow(window), ' '] : [];

/** "letzten 5 gesendeten E-Mails", after "der" and "den" */
export const sayLastSends = (n: number): Part =>
	value(n === 1 ? 'letzten gesendeten E-Mail' : `letzten ${sayNumber(n)} gesendeten E-Mails`);

/** What stands before filters: as attributes ("mit Währung CHF"), else as clauses ("wobei Währung nicht CHF ist"). */
type FilterWords = readonly [attributes: string, clauses: string];

/** A page may begin a new line with these. */
export const narrowing: FilterWords = [', mit ', ', wobei '];
/** About the one event that was chosen, and about those it was chosen among. */
export const ofChosen: FilterWords = [', und zwar mit ', ', und zwar so, dass '];
export const amongWhich: FilterWords = [', gezählt nur mit ', ', gezählt nur, wenn '];

/** ", mit Gesamtbetrag über 50 und Währung CHF"; nothing without filters. */
export function sayWhere(
	where: readonly EventFilter[] | undefined,
	types: readonly string[],
	definitions: Definitions,
	[attributes, clauses] = narrowing
): Phrase {
	const filters = (where ?? []).map((filter) => filtered(filter, types, definitions));
	const allAttributes = filters.every(({ predicate }) => predicate.attribute !== undefined);
	return filters.flatMap(({ subject, predicate, missing }, i): Phrase => [
		i === 0 ? (allAttributes ? attributes : clauses) : and(filters[i - 1]!.predicate),
		...subject,
		' ',
		...((allAttributes && predicate.attribute) || dependent(predicate)),
		...missing
	]);
}

/** A clause after the one before is closed by a comma. */
const and = ({ after }: Predicate): string => (after?.length ? ', und ' : ' und ');

/** The same inside of a sentence that goes on: " (mit Währung CHF)" */
export function sayWhereInBrackets(
	where: readonly EventFilter[] | undefined,
	types: readonly string[],
	definitions: Definitions
): Phrase {
	const said = sayWhere(where, types, definitions, [' (mit ', ' (wobei ']);
	return said.length === 0 ? [] : [...said, ')'];
}

function filtered(
	filter: EventFilter,
	types: readonly string[],
	{ eventTypes }: Definitions
): { readonly subject: Phrase; readonly predicate: Predicate; readonly missing: Phrase } {
	const property = propertyOf(types, filter.property, eventTypes);
	const say = {
		value: (value: string | number) => sayValue(value, property, 'de'),
		field: String
	};
	return {
		subject: [
			name(pathName(property?.name ?? filter.property, filter.path)),
			...(filter.path === undefined ? [] : sayAs(filter))
		],
		predicate: predicateOf(filter, say),
		missing: sayMissing(filter)
	};
}
