import { ok, type Result } from '$lib/result';
import { limits, type AskError, type BlobPart } from '$lib/sync/protocol';
import { sql } from '$lib/sql';
import { randomId } from '$lib/workspace/random-id';
import { askerOf, refuse, type Answering, type Asking } from './asking';

/** Blobs, in number, that a workspace may have on the way. */
const mostOnTheWay = 20;

export const putBlob: Answering<'putBlob'> = async ({ token, size, parts }, asking) => {
	const asker = await askerOf(token, asking);
	if (!asker.ok) return asker;
	const { settings, database } = asking;
	if (size > settings.maxBlob)
		return refuse('tooLarge', `This relay takes up to ${settings.maxBlob} bytes.`);
	if (parts !== Math.ceil(size / limits.blobPart))
		return refuse('invalid', 'All parts but the last must be full.');
	const workspace = asker.value.claims.ws;
	const blob = randomId(22);
	return database.transaction(async (tx) => {
		await tx.rows(sql`select id from workspace where id = ${workspace} for update`);
		const [there] = await tx.rows<{ blobs: number; bytes: number }>(sql`
			select count(*)::int as blobs, coalesce(sum(size), 0)::float8 as bytes from blob
			where workspace = ${workspace} and expires > now()`);
		if (there!.blobs >= mostOnTheWay || there!.bytes + size > 2 * settings.maxBlob)
			return refuse('tooMany', 'Too much of this workspace is on the way already.');
		await tx.run(sql`
			insert into blob(id, workspace, size, parts, expires)
			values (${blob}, ${workspace}, ${size}::bigint, ${parts}::int, now() + interval '72 hours')`);
		return ok({ blob });
	});
};

/** Whoever knows the id may bring a part, once: so an upload goes on after its socket broke. */
export async function storePart(
	{ blob, part, bytes }: BlobPart,
	{ database }: Asking
): Promise<Result<null, AskError>> {
	const [found] = await database.rows<{ size: number; parts: number }>(
		sql`select size, parts from blob where id = ${blob} and expires > now()`
	);
	if (!found) return refuse('unknown', 'There is no such blob, or no longer.');
	const { size, parts } = found;
	const isLast = part === parts - 1;
	const due = isLast ? size - part * limits.blobPart : limits.blobPart;
	if (part >= parts || bytes.length !== due)
		return refuse('invalid', 'This part is not as it was announced.');
	await database.run(sql`
		insert into blob_part(blob, part, data) values (${blob}, ${part}::int, ${bytes}::bytea)
		on conflict do nothing`);
	return ok(null);
}

export const getBlob: Answering<'getBlob'> = async ({ blob }, { database }) => {
	const [found] = await database.rows<{ size: number; parts: number; there: number }>(sql`
		select size, parts, (select count(*)::int from blob_part where blob = ${blob}) as there
		from blob where id = ${blob} and expires > now()`);
	if (!found || found.there < found.parts)
		return refuse('unknown', 'There is no such blob, or no longer, or not all of it yet.');
	return ok({ size: found.size, parts: found.parts });
};

/** When all parts were taken once, there is a while left to take one again that was lost on the way. */
export async function takePart(
	{ blob, part }: { blob: string; part: number },
	{ database }: Asking
): Promise<Result<BlobPart, AskError>> {
	return database.transaction(async (tx) => {
		const [found] = await tx.rows<{ data: Uint8Array }>(sql`
			update blob_part set taken = true from blob
			where blob.id = ${blob} and blob.expires > now() and blob_part.blob = blob.id and part = ${part}::int
			returning data`);
		if (!found) return refuse('unknown', 'There is no such part, or no longer.');
		await tx.run(sql`
			update blob set expires = least(expires, now() + interval '15 minutes')
			where id = ${blob} and parts = (select count(*) from blob_part where blob = ${blob} and taken)`);
		return ok({ blob, part, bytes: new Uint8Array(found.data) });
	});
}

export const doneBlob: Answering<'doneBlob'> = async ({ blob }, { database }) => {
	const gone = await database.run(sql`delete from blob where id = ${blob}`);
	return gone > 0 ? ok({}) : refuse('unknown', 'There is no such blob, or no longer.');
};
