import { Bitmap, sizeFor } from '$lib/bitmap';
import type { Queryable } from '$lib/db/db';
import type { GroupsColumn, MirrorPart } from '$lib/rules/mirror/columns';
import { sql } from '$lib/sql';
import { numbersIn } from './numbers-in';

/** More than these are the database's: 4 bytes each. */
const mostMembers = 10_000_000;
/** Read by one statement, between which other questions are answered. */
const membersAtOnce = 100_000;

export type GroupsPart = Extract<MirrorPart, { type: 'groups' }>;

/** Rows of `id` and `cno`, in the order of the table's key. */
const members = {
	contact_tag: sql`(select tag as id, cno from contact_tag) as member`,
	list_member: sql`(select list as id, cno from list_member) as member`
} as const;

interface GroupRow {
	readonly id: string;
	readonly cnos: string;
}

/** All groups of a table; nothing where too many are in them. `pause` lets others ask in between. */
export async function readGroups(
	database: Queryable,
	{ table }: GroupsPart,
	pause: () => Promise<void>
): Promise<GroupsColumn | undefined> {
	const groups = new Map<string, Int32Array[]>();
	let after = { id: '', cno: -1 };
	for (let read = 0; ; await pause()) {
		const rows = await database.rows<GroupRow>(sql`
			select id, array_agg(cno)::text as cnos from (
				select id, cno from ${members[table]}
				where (id, cno) > (${after.id}, ${after.cno}::int) order by id, cno limit ${membersAtOnce}::int
			) as page group by id order by id`);
		let some = 0;
		for (const { id, cnos } of rows) {
			const more = Int32Array.from(numbersIn(cnos));
			groups.set(id, [...(groups.get(id) ?? []), more]);
			some += more.length;
			after = { id, cno: more.reduce((a, b) => Math.max(a, b)) };
		}
		read += some;
		if (read > mostMembers) return;
		if (some < membersAtOnce) return joined(groups);
	}
}

/** All groups, with these contacts alone in them. */
export const readGroupsOf = (
	database: Queryable,
	part: GroupsPart,
	contacts: readonly number[]
): Promise<GroupsColumn> => patchGroups(database, part, joined(new Map()), contacts);

/** The column with these contacts read again. */
export async function patchGroups(
	database: Queryable,
	{ table }: GroupsPart,
	{ ids, starts, cnos }: GroupsColumn,
	stale: readonly number[]
): Promise<GroupsColumn> {
	const rows = await database.rows<GroupRow>(
		sql`select id, array_agg(cno)::text as cnos from ${members[table]} where cno = any(${stale}::int[]) group by id`
	);
	const isStale = Bitmap.of(stale, sizeFor(stale));
	const groups = new Map(
		ids.map((id, group) => {
			const all = cnos.subarray(starts[group]!, starts[group + 1]!);
			return [id, [all.filter((cno) => !isStale.has(cno))]];
		})
	);
	for (const { id, cnos } of rows)
		groups.set(id, [...(groups.get(id) ?? []), Int32Array.from(numbersIn(cnos))]);
	return joined(groups);
}

/** Without those that nobody is in: they may have been erased. */
function joined(groups: ReadonlyMap<string, readonly Int32Array[]>): GroupsColumn {
	const lengthOf = (parts: readonly Int32Array[]) =>
		parts.reduce((sum, { length }) => sum + length, 0);
	const used = [...groups].filter(([, parts]) => lengthOf(parts) > 0);
	const starts = new Int32Array(used.length + 1);
	const cnos = new Int32Array(used.reduce((sum, [, parts]) => sum + lengthOf(parts), 0));
	let at = 0;
	for (const [group, [, parts]] of used.entries()) {
		for (const part of parts) {
			cnos.set(part, at);
			at += part.length;
		}
		starts[group + 1] = at;
	}
	return { ids: used.map(([id]) => id), starts, cnos };
}
