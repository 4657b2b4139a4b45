import { sql, type Sql } from '$lib/sql';

/** A point on the globe, in degrees: north and east are positive. */
export interface Point {
	readonly latitude: number;
	readonly longitude: number;
}

/** The mean radius of the Earth, in kilometres: distances are those on a globe, within half a per cent of the real ones. */
const radius = 6371.0088;

/**
 * Points within a distance, in kilometres, of another one. Engines differ in the last digit of a sine, so ours is a
 * polynomial: multiplying and adding is the same everywhere, and so is the answer at the very edge.
 */
export function isWithin(point: Point, center: Point, km: number): boolean {
	if (!isPoint(point)) return false;
	const apart = Math.abs(point.longitude - center.longitude);
	const half = (angle: number) => ((angle < nothing ? 0 : angle) * degree) / 2;
	const north = sine(half(Math.abs(point.latitude - center.latitude)));
	const east = sine(half(apart > 180 ? 360 - apart : apart));
	const shrink =
		sine((90 - Math.abs(point.latitude)) * degree) *
		sine((90 - Math.abs(center.latitude)) * degree);
	return north * north + shrink * (east * east) <= reach(km);
}

/** The same of columns with numbers. Null, and what is no point, is within nothing. */
export function withinSql(
	from: Sql,
	{ latitude, longitude }: { readonly latitude: Sql; readonly longitude: Sql },
	center: Point,
	km: number
): Sql {
	const float = (n: number) => sql`${n}::float8`;
	const points = sql`select cno, ${latitude} as latitude, ${longitude} as longitude from ${from}`;
	// A case, since otherwise an absurd number might be multiplied before it is left out.
	const sound = sql`select cno, case when latitude between -90 and 90 then latitude end as latitude, case when longitude between -180 and 180 then longitude end as longitude from (${points}) as point`;
	const apart = sql`select cno, latitude, abs(latitude - ${float(center.latitude)}) as north, abs(longitude - ${float(center.longitude)}) as east from (${sound}) as point`;
	const nearer = sql`select cno, latitude, north, case when east > 180 then 360 - east else east end as east from (${apart}) as point`;
	const half = (angle: Sql) =>
		sql`case when ${angle} < ${float(nothing)} then 0 else ${angle} end * ${float(degree)} / 2`;
	const angles = sql`select cno, ${half(sql`north`)} as north, ${half(sql`east`)} as east, (90 - abs(latitude)) * ${float(degree)} as pole from (${nearer}) as point`;
	const sines = sql`select cno, ${sineSql(sql`north`)} as north, ${sineSql(sql`east`)} as east, ${sineSql(sql`pole`)} as pole from (${angles}) as angle`;
	const pole = sine((90 - Math.abs(center.latitude)) * degree);
	return sql`select cno from (${sines}) as sine where north * north + pole * ${float(pole)} * (east * east) <= ${float(reach(km))}`;
}

export const isPoint = ({ latitude, longitude }: Point): boolean =>
	Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;

const degree = Math.PI / 180;

/** A tenth of a millimetre, in degrees. Less is nothing, for Postgres refuses to multiply numbers next to zero. */
const nothing = 1e-9;

/** The haversine of a distance: what the sum above is for points just so far apart. */
function reach(km: number): number {
	const half = km / radius / 2;
	// Beyond half round the globe there is nothing.
	return half >= Math.PI / 2 ? 2 : sine(half) * sine(half);
}

/** Taylor's, as far as it makes a difference between 0 and a right angle. */
const coefficients = [1, -1 / 6, 1 / 120];
for (let n = 7; n <= 23; n += 2) coefficients.push(coefficients.at(-1)! / -(n * (n - 1)));

/** Of an angle from 0 to π/2. */
export function sine(x: number): number {
	const square = x * x;
	return x * coefficients.reduceRight((sum, c) => sum * square + c);
}

/** By the same steps in the same order. */
const sineSql = (x: Sql): Sql => {
	const square = sql`(${x} * ${x})`;
	const [last, ...others] = [...coefficients].reverse();
	return sql`${x} * ${others.reduce((sum, c) => sql`(${sum} * ${square} + ${c}::float8)`, sql`${last!}::float8`)}`;
};
