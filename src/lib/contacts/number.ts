import type { Queryable } from '$lib/db/db';
import { sql } from '$lib/sql';

/** The number the next new contact gets. Numbers are dense and never used again: sets of earlier may have them. */
export async function nextCno(tx: Queryable): Promise<number> {
	const [row] = await tx.rows<{ next: number }>(
		sql`select (greatest((select max(cno) from contact), (select last from contact_number)) + 1)::int as next`
	);
	return row!.next;
}

/** Nobody gets this number, or one below it, again. For contacts that are deleted. */
export async function retireNumber(tx: Queryable, cno: number): Promise<void> {
	await tx.run(sql`update contact_number set last = greatest(last, ${cno}::int)`);
}
