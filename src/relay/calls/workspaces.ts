import { timingSafeEqual } from 'node:crypto';
import { ok } from '$lib/result';
import type { Role } from '$lib/sync/protocol';
import { sql } from '$lib/sql';
import { randomId } from '$lib/workspace/random-id';
import type { Asked } from '../database';
import { hashOf, newSecret } from '../tokens';
import { askerOf, refuse, type Answering } from './asking';

export const create: Answering<'create'> = async (args, { database, settings, createToken }) => {
	const { workspace, device, card } = args;
	if (settings.create === 'closed') return refuse('closed', 'This relay takes no new workspaces.');
	if (settings.create === 'token' && !isSame(args.createToken ?? '', createToken))
		return refuse(
			'forbidden',
			'This relay asks for a word to make a workspace. Its keeper has it.'
		);
	return database.transaction(async (tx) => {
		const made = await tx.run(
			sql`insert into workspace(id) values (${workspace}) on conflict do nothing`
		);
		if (made === 0) return refuse('exists', 'There is a workspace of this id.');
		return ok(await addMember(tx, { workspace, role: 'owner', device, card }));
	});
};

/** Gives a member, new in its workspace, with its first device. */
export async function addMember(
	tx: Asked,
	one: { workspace: string; role: Role; device: string; card: string }
): Promise<{ member: string; device: string; refresh: string }> {
	const { workspace, role, device, card } = one;
	const member = randomId(22);
	const refresh = newSecret();
	await tx.run(
		sql`insert into member(workspace, id, role) values (${workspace}, ${member}, ${role})`
	);
	await tx.run(sql`
		insert into device(workspace, id, member, card, refresh)
		values (${workspace}, ${device}, ${member}, ${card}, ${hashOf(refresh)}::bytea)`);
	return { member, device, refresh };
}

export const token: Answering<'token'> = async ({ refresh }, { database, tokens }) => {
	const [found] = await database.rows<Found>(sql`
		select device.workspace, device.id as device, member.id as member, member.role, workspace.epoch,
			member.removed is not null as "isRemoved"
		from device
		join member on member.workspace = device.workspace and member.id = device.member
		join workspace on workspace.id = device.workspace
		where device.refresh = ${hashOf(refresh)}::bytea`);
	if (!found) return refuse('unauthorised', 'This relay does not know this device.');
	const { workspace, device, member, role, epoch } = found;
	if (found.isRemoved) return refuse('removed', 'You are no longer a member.');
	await database.transaction(async (tx) => {
		await tx.run(
			sql`update member set seen = now() where workspace = ${workspace} and id = ${member}`
		);
		await tx.run(
			sql`update device set seen = now() where workspace = ${workspace} and id = ${device}`
		);
	});
	const now = new Date();
	const made = await tokens.write({ sub: member, device, ws: workspace, role }, now);
	return ok({ ...made, lasts: made.expires - now.getTime(), role, epoch });
};

interface Found {
	readonly workspace: string;
	readonly device: string;
	readonly member: string;
	readonly role: Role;
	readonly epoch: number;
	readonly isRemoved: boolean;
}

export const rotate: Answering<'rotate'> = async ({ token, epoch }, asking) => {
	const asker = await askerOf(token, asking, ['owner']);
	if (!asker.ok) return asker;
	const workspace = asker.value.claims.ws;
	const rotated = await asking.database.transaction(async (tx) => {
		const changed = await tx.run(
			sql`update workspace set epoch = ${epoch}::int where id = ${workspace} and epoch = ${epoch - 1}::int`
		);
		if (changed === 0) return false;
		await tx.run(
			sql`insert into past_epoch(workspace, epoch) values (${workspace}, ${epoch - 1}::int)`
		);
		// Their links hold the key of before, and some may be why there is a new one.
		await tx.run(sql`delete from invitation where workspace = ${workspace} and used is null`);
		return true;
	});
	if (!rotated) return refuse('invalid', `Epoch ${epoch} does not follow on the current one.`);
	asking.changed(workspace);
	return ok({});
};

const isSame = (a: string, b: string) => timingSafeEqual(hashOf(a), hashOf(b));
