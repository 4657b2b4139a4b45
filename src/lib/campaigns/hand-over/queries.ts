import { refusalsOf } from '$lib/campaigns/run/refusals/queries';
import type { Database, Queryable } from '$lib/db/db';
import { writtenSql } from '$lib/rules/stored';
import { join, sql } from '$lib/sql';
import { textKey } from '$lib/text-key';
import type { HandOverRecipient } from './ask';

/** A contact's values, in the order of the fields asked for, as the database has them in JSON. */
export interface ContactValues {
	readonly uid: string;
	readonly archived: boolean;
	readonly values: readonly unknown[];
}

/** The values of these contacts by their numbers. Those that are gone are left out. */
export async function valuesByNumber(
	database: Queryable,
	cnos: readonly number[],
	fields: readonly string[]
): Promise<ReadonlyMap<number, ContactValues>> {
	if (cnos.length === 0) return new Map();
	const columns = [
		...[sql`cno`, sql`uid`, sql`archived_at is not null`],
		...fields.map(writtenSql)
	] as const;
	const [first, last] = cnos.reduce(
		([first, last], cno) => [Math.min(first, cno), Math.max(last, cno)],
		[cnos[0]!, cnos[0]!]
	);
	// One JSON text: rows one by one would take three times as long.
	const [row] = await database.rows<{ all: string }>(sql`
		select coalesce(json_agg(json_build_array(${join(columns, sql`, `)}) order by cno), '[]')::text as all
		from contact
		where cno between ${first}::int and ${last}::int and cno = any(${cnos}::int[])`);
	const rows = JSON.parse(row!.all) as [number, string, boolean, ...unknown[]][];
	return new Map(rows.map(([cno, uid, archived, ...values]) => [cno, { uid, archived, values }]));
}

/** A recipient with its values. */
export interface Addressed {
	readonly recipient: HandOverRecipient;
	readonly values: readonly unknown[];
}

/**
 * Those of the recipients who may still be written to, with the values of these fields. Of the others it is noted, so that
 * nobody takes them for sent to.
 */
export async function addressed(
	database: Database,
	run: string,
	recipients: readonly HandOverRecipient[],
	fields: readonly string[]
): Promise<Addressed[]> {
	const cnos = recipients.flatMap(({ cno }) => cno ?? []);
	const known = await valuesByNumber(database, cnos, fields);
	const keys = recipients.flatMap(({ address }) => (address === null ? [] : [textKey(address)]));
	const refusals = await refusalsOf(database, keys);
	const fit: Addressed[] = [];
	const held: { place: number; why: string }[] = [];
	for (const recipient of recipients) {
		const found = valuesOf(recipient, known);
		const why = !found
			? 'The contact was erased.'
			: found.archived
				? 'The contact was archived.'
				: refusals.get(textKey(recipient.address ?? ''));
		if (found && why === undefined) fit.push({ recipient, values: found.values });
		else held.push({ place: recipient.place, why: why ?? '' });
	}
	if (held.length > 0) await withhold(database, run, held);
	return fit;
}

/** Notes of recipients that nothing is sent to them, and why. */
export async function withhold(
	database: Database,
	run: string,
	held: readonly { readonly place: number; readonly why: string }[]
): Promise<void> {
	await database.transaction((tx) =>
		tx.run(sql`
			update campaign_recipient as one
			set status = 'withheld', status_at = now(), diagnostic = given.why
			from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as given(place int, why text)
			where run = ${run} and one.place = given.place and status = 'frozen'`)
	);
}

/** A number may have been given to another since. */
function valuesOf(
	{ cno, uid, address }: HandOverRecipient,
	known: ReadonlyMap<number, ContactValues>
): ContactValues | undefined {
	const found = cno === null || address === null ? undefined : known.get(cno);
	return found?.uid === uid ? found : undefined;
}
