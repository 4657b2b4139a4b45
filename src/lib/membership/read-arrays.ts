import type { Queryable } from '$lib/db/db';
import type { Sql } from '$lib/sql';
import { BinaryArrays } from './binary-arrays';

/** The arrays that a query of one row gives. */
export const copyArrays = async (database: Queryable, select: Sql): Promise<BinaryArrays> =>
	new BinaryArrays(await database.copyOut(select));
