import { ok } from '$lib/result';
import { InvitationId, type Role } from '$lib/sync/protocol';
import { sql } from '$lib/sql';
import { randomId } from '$lib/workspace/random-id';
import { hashOf, newSecret } from '../tokens';
import { askerOf, refuse, type Answering } from './asking';
import { addMember } from './workspaces';

export const invite: Answering<'invite'> = async ({ token, role, hours }, asking) => {
	const asker = await askerOf(token, asking, ['owner', 'editor']);
	if (!asker.ok) return asker;
	if (asker.value.role === 'editor' && role === 'owner')
		return refuse('forbidden', 'Only an owner invites owners.');
	const { ws, sub } = asker.value.claims;
	const id = randomId(22);
	const secret = newSecret();
	const expires = new Date(Date.now() + hours * 3_600_000);
	const [open] = await asking.database.rows<{ count: number }>(sql`
		select count(*)::int as count from invitation
		where workspace = ${ws} and used is null and expires > now()`);
	if (open!.count >= mostOpen) return refuse('tooMany', 'Too many invitations are open.');
	await asking.database.run(sql`
		insert into invitation(id, workspace, role, secret, made_by, expires)
		values (${id}, ${ws}, ${role}, ${hashOf(secret)}::bytea, ${sub}, ${expires}::timestamptz)`);
	return ok({ invitation: `${id}.${secret}`, expires: expires.getTime() });
};

const mostOpen = 200;

export const redeem: Answering<'redeem'> = async (
	{ invitation, card, device },
	{ database, changed }
) => {
	const [id = '', secret = ''] = invitation.split('.');
	if (!InvitationId.safeParse(id).success) return refuse('unknown', 'That is no invitation.');
	const answer = await database.transaction(async (tx) => {
		// Who comes second waits here, and then finds it used.
		const [found] = await tx.rows<Found>(sql`
			select invitation.workspace, invitation.role, workspace.epoch, invitation.used is not null as "isUsed",
				invitation.expires < now() or member.removed is not null or member.role = 'viewer'
					or (member.role = 'editor' and invitation.role = 'owner') as "isOver"
			from invitation
			join workspace on workspace.id = invitation.workspace
			join member on member.workspace = invitation.workspace and member.id = invitation.made_by
			where invitation.id = ${id} and invitation.secret = ${hashOf(secret)}::bytea
			for update of invitation`);
		if (!found) return refuse('unknown', 'There is no such invitation, or it was taken back.');
		if (found.isUsed) return refuse('used', 'This invitation was used already.');
		if (found.isOver) return refuse('expired', 'This invitation has run out.');
		const { workspace, role, epoch } = found;
		const [same] = await tx.rows(
			sql`select id from device where workspace = ${workspace} and id = ${device}`
		);
		if (same) return refuse('exists', 'This device is in that workspace already.');
		await tx.run(sql`update invitation set used = now() where id = ${id}`);
		const added = await addMember(tx, { workspace, role, device, card });
		return ok({ workspace, epoch, role, ...added });
	});
	if (answer.ok) changed(answer.value.workspace);
	return answer;
};

interface Found {
	readonly workspace: string;
	readonly role: Role;
	readonly epoch: number;
	readonly isUsed: boolean;
	readonly isOver: boolean;
}

export const invitations: Answering<'invitations'> = async ({ token }, asking) => {
	const asker = await askerOf(token, asking, ['owner', 'editor']);
	if (!asker.ok) return asker;
	const rows = await asking.database.rows<{
		id: string;
		role: Role;
		expires: Date;
		by: string;
	}>(sql`
		select id, role, expires, made_by as by from invitation
		where workspace = ${asker.value.claims.ws} and used is null and expires > now()
		order by expires`);
	return ok(rows.map((row) => ({ ...row, expires: row.expires.getTime() })));
};

export const revoke: Answering<'revoke'> = async ({ token, invitation }, asking) => {
	const asker = await askerOf(token, asking, ['owner', 'editor']);
	if (!asker.ok) return asker;
	const { claims, role } = asker.value;
	const gone = await asking.database.run(sql`
		delete from invitation
		where id = ${invitation} and workspace = ${claims.ws} and used is null
			and (${role} = 'owner' or made_by = ${claims.sub})`);
	return gone > 0 ? ok({}) : refuse('unknown', 'There is no such invitation of yours.');
};
