import type { Queryable } from '$lib/db/db';
import { sql } from '$lib/sql';
import { saysDiskFull, type FileRefusal } from '../file/refusal';
import type { ImportReport } from '../report';
import type { ImportPlan } from '../run';

/** How much the browser may store and stores, in bytes; unknown where it does not say. */
export type Estimate = () => Promise<{ quota?: number; usage?: number } | undefined>;

export const estimateHere: Estimate = async () => globalThis.navigator?.storage?.estimate?.();

/** Its rows, their indexes, the ledger and what the database writes ahead. */
const roomFor = (bytes: number): number => bytes * 6 + 300_000_000;

/** Whether the browser has room for a file of `size` bytes. */
export async function roomRefusal(
	size: number,
	estimate: Estimate
): Promise<FileRefusal | undefined> {
	const { quota, usage } = (await estimate()) ?? {};
	if (quota === undefined || usage === undefined) return;
	const free = quota - usage;
	return free < roomFor(size) ? { type: 'NoRoom', needed: roomFor(size), free } : undefined;
}

/** Where everything is held in memory a workspace must not outgrow it: with what was counted, or is written already. */
export async function growthRefusal(
	db: Queryable,
	{ limits, mapping }: ImportPlan,
	{ counts }: ImportReport,
	rows: 'counted' | 'written'
): Promise<FileRefusal | undefined> {
	const more = rows === 'written' ? 0 : 1;
	const isEvents = mapping.kind === 'events';
	return outgrown(db, limits, {
		contacts: more * (isEvents ? counts.people : counts.created),
		events: more * (isEvents ? counts.created : 0)
	});
}

/** Whether it is too large with so many more. */
export async function outgrown(
	db: Queryable,
	limits: ImportPlan['limits'],
	more: { readonly contacts: number; readonly events: number }
): Promise<FileRefusal | undefined> {
	if (!limits) return;
	const [now] = await db.rows<{ contacts: number; events: number }>(
		sql`select (select count(*) from contact)::int as contacts, (select count(*) from event)::int as events`
	);
	const contacts = now!.contacts + more.contacts;
	const events = now!.events + more.events;
	if (contacts > limits.contacts)
		return { type: 'TooMany', what: 'contacts', limit: limits.contacts };
	if (events > limits.events) return { type: 'TooMany', what: 'events', limit: limits.events };
	return;
}

/** 53100 is Postgres's disk_full. */
export function isDiskFull(error: unknown): boolean {
	const { code, name, message } = error as { code?: string; name?: string; message?: string };
	if (code === 'DEAD') return false; // whoever owns the worker must hear of it
	return code === '53100' || name === 'QuotaExceededError' || saysDiskFull(message ?? '');
}
