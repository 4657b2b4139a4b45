import { instantOf } from '$lib/fields/value';
import type { Table } from '../conditions/kind';
import { kindOf, type Condition } from '../conditions/registry';
import type { Person } from '../person';

/** What a condition can be about: when something was, and the instants that values speak of. Epoch milliseconds. */
export interface Instants {
	/** From each of them on the person is another than before. */
	readonly own: readonly number[];
	/** In fields and properties. */
	readonly told: readonly number[];
}

/** The instants of a person that may matter to a condition which is not lowered. */
export function instantsOf(condition: Condition, person: Person): Instants {
	const kind = kindOf(condition);
	if ('lower' in kind) throw new Error(`${condition.kind} was not lowered`);
	const types = new Set(kind.references(condition).map(({ id }) => id));
	const events = person.events.filter(({ type }) => types.has(type) || beside.has(type));
	const at: Record<Table, readonly number[]> = {
		contact: timesOf(person.changes),
		contact_tag: [...(person.taggedAt?.values() ?? [])],
		list_member: timesOf(person.lists),
		event: timesOf(events),
		suppression: timesOf(person.suppressions),
		segment_move: timesOf(person.moves)
	};
	const told: Partial<Record<Table, () => readonly number[]>> = {
		contact: () =>
			[person.fields, ...person.changes.flatMap(({ before, after }) => [before, after])].flatMap(
				instantsIn
			),
		event: () => events.flatMap(({ properties }) => instantsIn(properties))
	};
	return {
		own: kind.reads.flatMap((table) => at[table]),
		told: kind.reads.flatMap((table) => told[table]?.() ?? [])
	};
}

/** Events that conditions look at without naming them. */
const beside: ReadonlySet<string> = new Set(['email_sent', 'email_bounced', 'email_complained']);

const timesOf = (things: readonly { readonly at: number }[]) => things.map(({ at }) => at);

/** Every instant that is written somewhere in a value. */
function instantsIn(value: unknown): readonly number[] {
	if (typeof value === 'string') return [instantOf(value.trim()) ?? []].flat();
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(instantsIn);
}
