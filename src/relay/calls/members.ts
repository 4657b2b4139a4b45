import { ok, type Result } from '$lib/result';
import type { AskError, Member, Role } from '$lib/sync/protocol';
import { sql } from '$lib/sql';
import type { Asked } from '../database';
import { askerOf, refuse, roleOf, type Answering, type Asking } from './asking';

export const members: Answering<'members'> = async ({ token }, asking) => {
	const asker = await askerOf(token, asking);
	if (!asker.ok) return asker;
	const rows = await asking.database.rows<Row>(sql`
		select member.id as member, member.role, member.joined, member.seen,
			device.id as device, device.card, device.joined as "deviceJoined", device.seen as "deviceSeen"
		from member join device on device.workspace = member.workspace and device.member = member.id
		where member.workspace = ${asker.value.claims.ws} and member.removed is null
		order by member.joined, member.id, device.joined`);
	const found = new Map<string, Row[]>();
	for (const row of rows) found.set(row.member, [...(found.get(row.member) ?? []), row]);
	return ok(
		[...found.values()].map((devices): Member => {
			const { member, role, joined, seen } = devices[0]!;
			return {
				...{ member, role, joined: joined.getTime(), seen: seen.getTime() },
				devices: devices.map(({ device, card, deviceJoined, deviceSeen }) => ({
					...{ device, card },
					...{ joined: deviceJoined.getTime(), seen: deviceSeen.getTime() }
				}))
			};
		})
	);
};

interface Row {
	readonly member: string;
	readonly role: Role;
	readonly joined: Date;
	readonly seen: Date;
	readonly device: string;
	readonly card: string;
	readonly deviceJoined: Date;
	readonly deviceSeen: Date;
}

export const setRole: Answering<'setRole'> = async ({ token, member, role }, asking) => {
	const asker = await askerOf(token, asking, ['owner']);
	if (!asker.ok) return asker;
	return change(asking, asker.value.claims.ws, member, role);
};

export const removeMember: Answering<'removeMember'> = async ({ token, member }, asking) => {
	const asker = await askerOf(token, asking, ['owner']);
	if (!asker.ok) return asker;
	return change(asking, asker.value.claims.ws, member, 'gone');
};

export const putCard: Answering<'putCard'> = async ({ token, card }, asking) => {
	const asker = await askerOf(token, asking);
	if (!asker.ok) return asker;
	const { ws, device } = asker.value.claims;
	await asking.database.run(
		sql`update device set card = ${card} where workspace = ${ws} and id = ${device}`
	);
	return ok({});
};

/** The only member of a workspace takes it along: nobody else could ever read it. */
export const leave: Answering<'leave'> = async ({ token }, asking) => {
	const asker = await askerOf(token, asking);
	if (!asker.ok) return asker;
	const { ws, sub } = asker.value.claims;
	return change(asking, ws, sub, 'gone', { mayEnd: true });
};

async function change(
	{ database, changed }: Asking,
	workspace: string,
	member: string,
	to: Role | 'gone',
	{ mayEnd = false } = {}
): Promise<Result<Record<string, never>, AskError>> {
	const answer = await database.transaction(async (tx) => {
		// Two owners who demote each other at once must not both succeed.
		await tx.rows(sql`select id from workspace where id = ${workspace} for update`);
		const role = await roleOf(tx, workspace, member);
		if (!role) return refuse('unknown', 'There is no such member.');
		const [left] = await tx.rows<{ members: number; owners: number }>(sql`
			select count(*)::int as members, count(*) filter (where role = 'owner')::int as owners
			from member where workspace = ${workspace} and removed is null and id <> ${member}`);
		if (mayEnd && left!.members === 0) await end(tx, workspace);
		else if (role === 'owner' && to !== 'owner' && left!.owners === 0)
			return refuse('lastOwner', 'Somebody else must be an owner first.');
		else if (to === 'gone')
			await tx.run(
				sql`update member set removed = now() where workspace = ${workspace} and id = ${member}`
			);
		else
			await tx.run(
				sql`update member set role = ${to} where workspace = ${workspace} and id = ${member}`
			);
		return ok({});
	});
	if (answer.ok) changed(workspace);
	return answer;
}

/** Deletes all that a relay holds of a workspace. */
async function end(tx: Asked, workspace: string): Promise<void> {
	const rooms = sql`like ${`ws:${workspace}:%`}`;
	await tx.run(sql`delete from doc_update where room ${rooms}`);
	await tx.run(sql`delete from doc_snapshot where room ${rooms}`);
	await tx.run(sql`delete from past_epoch where workspace = ${workspace}`);
	await tx.run(sql`delete from workspace where id = ${workspace}`);
}
