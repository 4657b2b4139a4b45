import { sql, type Sql } from '$lib/sql';
import { localSql } from '../../operators/datetime';

/** `MM-DD` of an instant on the local clock. */
export const dayOfYearSql = (instant: Sql, zone: string): Sql =>
	sql`to_char(${localSql(instant, zone)}, 'MM-DD')`;
