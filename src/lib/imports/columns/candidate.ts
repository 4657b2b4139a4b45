import type { Mapping } from '../mapping';
import { isDate } from '../values/date';
import { areEmailEvents, emailEventOf } from '../values/email-event';
import { numberOf } from '../values/number';
import type { Style } from '../values/style';
import { emailOf } from '../values/text';
import { headerKey } from './header-key';
import { roleOf, type Role } from './roles';
import { shapeOf, type Shape } from './shape';
import type { Vendor } from './vendors';

/** A column of a file with cells of its first rows: trimmed, without blanks. */
export interface SampledColumn {
	readonly name: string;
	readonly values: readonly string[];
}

/** A role a column could have, and how well it fits: less is better. */
export interface Candidate {
	readonly index: number;
	readonly role: Role | 'ignore' | 'field' | undefined;
	readonly rank: number;
	readonly shape: Shape;
}

export function candidateOf(
	{ name, values }: SampledColumn,
	index: number,
	{ vendor, kind }: { vendor: Vendor | undefined; kind: Mapping['kind'] }
): Candidate {
	const shape = shapeOf(values, vendor?.order);
	const told = vendor?.map.get(headerKey(name));
	if (told) return { index, role: told, rank: -1, shape };
	const guess = roleOf(name, kind);
	if (kind === 'events' && saysWhatHappened({ name, values }))
		return { index, role: 'event_type', rank: 400, shape };
	if (guess && fits(guess.role, values, shape)) {
		const role = kind === 'events' && guess.role === 'created_at' ? 'event_at' : guess.role;
		return { index, role, rank: guess.rank + (role === guess.role ? 0 : 0.5), shape };
	}
	// A column of addresses is one, whatever it is called.
	if (shape.type === 'email') return { index, role: 'email', rank: 500, shape };
	if (kind === 'events' && (shape.type === 'date' || shape.type === 'datetime'))
		return { index, role: 'event_at', rank: 500, shape };
	return { index, role: undefined, rank: 0, shape };
}

/** A column with a name that could be of anything, which tells what people did with emails. */
export const saysWhatHappened = ({ name, values }: SampledColumn): boolean =>
	['status', 'type', 'typ', 'art'].includes(headerKey(name)) &&
	areEmailEvents(values) &&
	// Of people it is said as well that they bounced or have unsubscribed.
	values.some((value) => /_(sent|delivered|opened|clicked)$/.test(emailEventOf(value) ?? ''));

/** A header can promise what its column does not hold: then fewer than half of its cells read so. */
function fits(role: Role, values: readonly string[], { type, style }: Shape): boolean {
	// An address in parts is no street.
	if (type === 'json') return role === 'tags' || role === 'lists';
	const read = readings[role];
	return !read || values.filter((value) => read(value, style)).length >= values.length / 2;
}

const saysDay = (value: string, { order }: Style) => isDate(value, order);
const isNumber = (value: string, { decimal }: Style) => numberOf(value, decimal) !== undefined;

const readings: { readonly [role in Role]?: (value: string, style: Style) => boolean } = {
	email: (value) => emailOf(value) !== undefined,
	event_at: saysDay,
	created_at: saysDay,
	updated_at: saysDay,
	consent_at: saysDay,
	birthday: saysDay,
	last_active_at: saysDay,
	order_total: isNumber,
	total_spent: isNumber,
	orders_count: isNumber
};

/** Roles that one column alone can have, or as many as there are. */
const shared: ReadonlySet<Role | 'ignore' | 'field' | undefined> = new Set([
	'ignore',
	'field',
	undefined,
	'tags',
	'lists',
	'suppressed_email',
	'suppressed_sms',
	'unsubscribed_at',
	'consent_email',
	'consent_sms',
	'ip'
] as const);

/** Of several columns for one role the best fitting gets it; the others become fields of their own. */
export function bestOfEach(
	candidates: readonly Candidate[],
	columns: readonly SampledColumn[]
): Candidate[] {
	const best = new Map<Role | string, Candidate>();
	for (const candidate of candidates) {
		if (shared.has(candidate.role)) continue;
		const other = best.get(candidate.role!);
		if (!other || candidate.rank < other.rank) best.set(candidate.role!, candidate);
	}
	const first = best.has('first_name');
	const last = best.has('last_name');
	return candidates.map((candidate) => {
		if (candidate.role === 'full_name' && (first || last)) {
			const isBest = best.get('full_name') === candidate;
			const beside = isBest ? nameBeside(columns[candidate.index]!, { first, last }) : 'ignore';
			return { ...candidate, role: beside };
		}
		if (shared.has(candidate.role) || best.get(candidate.role!) === candidate) return candidate;
		return { ...candidate, role: undefined };
	});
}

/**
 * What a name is beside a column of first or last names. With one of them, what is just called a name and has one word is
 * the other one; beside both it says nothing new.
 */
function nameBeside(
	{ name, values }: SampledColumn,
	{ first, last }: { readonly first: boolean; readonly last: boolean }
): Role | 'ignore' {
	if ((first && last) || !['name', 'namn', 'naam'].includes(headerKey(name))) return 'ignore';
	if (values.filter((value) => /\s/.test(value)).length > values.length / 2) return 'full_name';
	return first ? 'last_name' : 'first_name';
}

/** 1, 2, 3 … in a column that only counts says nothing about people. */
export const isRowNumber = ({ name, values }: SampledColumn): boolean =>
	['index', '#', 'row', 'rowid'].includes(headerKey(name)) &&
	values.slice(0, 20).every((value, i) => value === String(i + 1));
