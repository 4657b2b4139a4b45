import { sql, type Sql } from '$lib/sql';
import { zoneOffsets } from '$lib/time/zone';

/**
 * `MM-DD` of an instant on the local clock. The zone's changes are bound, so that no answer hangs on the database's own
 * zone data.
 */
export function dayOfYearSql(instant: Sql, zone: string): Sql {
	const { instants, offsets } = zoneOffsets(zone);
	const changes = instants.map((at) => new Date(at).toISOString());
	const seconds = offsets.map((offset) => offset / 1000);
	const offset = sql`(${seconds}::float8[])[greatest(width_bucket(${instant}, ${changes}::timestamptz[]), 1)]`;
	return sql`to_char((${instant} at time zone 'UTC') + make_interval(secs => ${offset}), 'MM-DD')`;
}
