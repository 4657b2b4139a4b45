import { Bitmap, sizeFor } from '$lib/bitmap';
import type { Queryable } from '$lib/db/db';
import { sql } from '$lib/sql';
import { BinaryArrays } from '../binary-arrays';

/** The contacts created after an instant: what is said of the time before it knows nothing of them. */
export interface Arrivals {
	after(instant: number): Bitmap;
}

/** Those after `since` (epoch milliseconds). */
export async function arrivalsSince(database: Queryable, since: number): Promise<Arrivals> {
	const arrays = new BinaryArrays(
		await database.copyOut(sql`
			select array_agg(cno order by created_at desc), array_agg(created_at order by created_at desc)
			from contact where created_at > ${new Date(since)}`)
	);
	const cnos = arrays.int4();
	const created = arrays.timestamptz();
	const size = sizeFor(cnos);
	return {
		after(instant) {
			const end = created.findIndex((at) => at <= instant);
			return Bitmap.of(cnos.subarray(0, end < 0 ? undefined : end), size);
		}
	};
}
