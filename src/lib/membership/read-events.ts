import type { Queryable } from '$lib/db/db';
import type { EventColumns, MirrorPart } from '$lib/rules/mirror/columns';
import { sql } from '$lib/sql';
import { copyArrays } from './read-arrays';

/** More different references than this are the database's: a table of them would be as long as the column. */
const mostRefs = 200_000;
/** Events read by one statement, between which other questions are answered. */
const eventsAtOnce = 100_000;

/** All events of a type; nothing where their references are too many to hold. `pause` lets others ask in between. */
export async function readEvents(
	database: Queryable,
	{ eventType, ref }: Extract<MirrorPart, { type: 'events' }>,
	pause: () => Promise<void>
): Promise<EventColumns | undefined> {
	const [type] = await database.rows<{ no: number }>(
		sql`select no from event_type where id = ${eventType}`
	);
	const no = type?.no ?? -1;
	const refs = ref ? await readRefs(database, no) : new Map<number, number>();
	if (!refs) return;

	const slices: EventSlice[] = [];
	let after = -Infinity;
	let limit = eventsAtOnce;
	for (;;) {
		const slice = await readSlice(database, no, ref, after, limit);
		const last = slice.at.at(-1);
		const isLast = slice.at.length < limit;
		// More may have happened at the last instant than this slice holds: the next one begins with it.
		const kept = isLast ? slice.at.length : slice.at.indexOf(last!);
		if (kept > 0) slices.push(cut(slice, kept));
		if (isLast || last === undefined) break;
		if (kept === 0) limit *= 4;
		after = last;
		await pause();
	}
	const all = joined(slices);
	return {
		at: all.at,
		cno: all.cno,
		value: all.value.some((one) => one === one) ? all.value : undefined,
		ref: ref ? all.ref.map((no) => refs.get(no) ?? -1) : undefined,
		refs: await readKeys(database, refs)
	};
}

interface EventSlice {
	readonly at: Float64Array;
	readonly cno: Int32Array;
	readonly value: Float64Array;
	readonly ref: Int32Array;
}

/** The next so many events in order of time. */
async function readSlice(
	database: Queryable,
	type: number,
	ref: boolean,
	after: number,
	limit: number
): Promise<EventSlice> {
	const since = after === -Infinity ? sql`` : sql` and at >= ${new Date(after)}`;
	const refs = ref ? sql`, array_agg(ref)` : sql``;
	const arrays = await copyArrays(
		database,
		sql`select array_agg(at), array_agg(cno), array_agg(value)${refs} from (select * from event where type = ${type}::int${since} order by at limit ${limit}::int) as event`
	);
	return {
		at: arrays.timestamptz(),
		cno: arrays.int4(),
		value: arrays.float8(),
		ref: ref ? arrays.int4() : new Int32Array()
	};
}

const cut = ({ at, cno, value, ref }: EventSlice, length: number): EventSlice => ({
	at: at.subarray(0, length),
	cno: cno.subarray(0, length),
	value: value.subarray(0, length),
	ref: ref.subarray(0, length)
});

function joined(slices: readonly EventSlice[]): EventSlice {
	const all = <A extends Float64Array | Int32Array>(
		arrayOf: (slice: EventSlice) => A,
		Kind: new (length: number) => A
	): A => {
		const length = slices.reduce((sum, slice) => sum + arrayOf(slice).length, 0);
		const joint = new Kind(length);
		let at = 0;
		for (const slice of slices) {
			joint.set(arrayOf(slice), at);
			at += arrayOf(slice).length;
		}
		return joint;
	};
	return {
		at: all(({ at }) => at, Float64Array),
		cno: all(({ cno }) => cno, Int32Array),
		value: all(({ value }) => value, Float64Array),
		ref: all(({ ref }) => ref, Int32Array)
	};
}

/** The place of each reference of these events among their keys. */
async function readRefs(
	database: Queryable,
	type: number
): Promise<Map<number, number> | undefined> {
	const [row] = await database.rows<{ nos: number[] | null }>(
		sql`select array_agg(ref) as nos from (select distinct ref from event where type = ${type}::int and ref is not null limit ${mostRefs + 1}::int) as ref`
	);
	const nos = row?.nos ?? [];
	return nos.length > mostRefs ? undefined : new Map(nos.map((no, place) => [no, place]));
}

/** The keys of references, each at its place. */
export async function readKeys(
	database: Queryable,
	refs: ReadonlyMap<number, number>
): Promise<string[]> {
	const keys: string[] = [];
	if (refs.size === 0) return keys;
	const rows = await database.rows<{ no: number; key: string }>(
		sql`select no, key from ref where no = any(${[...refs.keys()]}::int[])`
	);
	for (const { no, key } of rows) keys[refs.get(no)!] = key;
	return keys;
}
