import { Bitmap } from '$lib/bitmap';
import type { Queryable } from '$lib/db/db';
import { join, render, sql, type Sql } from '$lib/sql';
import { numbersIn } from './numbers-in';

/** Asks for a set as one array in text: row objects would take twenty times as long. */
export async function bitmapOf(database: Queryable, select: Sql, size: number): Promise<Bitmap> {
	const [row] = await database.rows<{ cnos: string | null }>(
		sql`select array_agg(cno)::text as cnos from (${select}) as member`
	);
	return Bitmap.of(numbersIn(row?.cnos ?? '{}'), size);
}

/** Sets of contacts by predicates over the table, in one pass. */
export async function bitmapsOf(
	database: Queryable,
	wheres: readonly Sql[],
	size: number
): Promise<Bitmap[]> {
	const each = wheres.map((where) => sql`(array_agg(cno) filter (where ${where}))::text`);
	const [row] = await database.rows<{ sets: (string | null)[] }>(
		sql`select array[${join(each, sql`, `)}] as sets from contact`
	);
	return row!.sets.map((cnos) => Bitmap.of(numbersIn(cnos ?? '{}'), size));
}

/** Selects asked for by one statement. */
const selectsAtOnce = 50;

/** The contacts of each select, in the order given, with repeats; where more than `most`, just one more than that. */
export async function contactsOf(
	database: Queryable,
	selects: readonly Sql[],
	most?: number
): Promise<readonly (readonly number[])[]> {
	const byText = new Map(selects.map((select) => [textOf(select), select]));
	const found = new Map<string, readonly number[]>();
	const wanted = [...byText];
	const end = most === undefined ? sql`` : sql` limit ${most + 1}::int`;
	for (let from = 0; from < wanted.length; from += selectsAtOnce) {
		const some = wanted.slice(from, from + selectsAtOnce);
		const each = some.map(
			([, select]) => sql`(select array_agg(cno)::text from (${select}${end}) as member)`
		);
		const [row] = await database.rows<{ sets: (string | null)[] }>(
			sql`select array[${join(each, sql`, `)}] as sets`
		);
		for (const [i, [text]] of some.entries()) found.set(text, [...numbersIn(row!.sets[i] ?? '{}')]);
	}
	return selects.map((select) => found.get(textOf(select))!);
}

const textOf = (select: Sql): string => JSON.stringify(render(select));
