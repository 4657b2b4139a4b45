import type { Queryable } from '$lib/db/db';
import { driftOf } from '$lib/rules/conditions/drifts';
import type { Condition } from '$lib/rules/conditions/registry';
import { nextEvenStart } from '$lib/rules/crossing';
import { coming } from '$lib/rules/drift';
import { join, render, sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';

/** Questions asked by one statement. */
const atOnce = 50;

/**
 * The moment, in epoch milliseconds, until which the members of none of these conditions change as long as nobody writes.
 * It comes no later than the local day ends or the clocks change, so within about a day, also where time plays no part.
 */
export async function nextChange(
	database: Queryable,
	conditions: readonly Condition[],
	moment: Moment
): Promise<number> {
	const all = conditions.flatMap((condition) => coming(driftOf(condition), moment));
	const byText = new Map(all.map((one) => [JSON.stringify(render(one.first)), one]));
	const questions = [...byText.values()];
	let next = nextEvenStart(moment.now, moment.zone);
	for (let from = 0; from < questions.length; from += atOnce) {
		const some = questions.slice(from, from + atOnce);
		const each = some.map(({ first }) => sql`(${first})`);
		const [row] = await database.rows<{ firsts: (number | null)[] }>(
			sql`select array[${join(each, sql`, `)}] as firsts`
		);
		for (const [i, first] of row!.firsts.entries())
			if (first !== null) next = Math.min(next, some[i]!.reached(first));
	}
	return next;
}
