import { changeRow, contactOf, type Contact, type ContactRow } from '$lib/contacts/contact';
import { putContacts } from '$lib/contacts/queries';
import type { Queryable } from '$lib/db/db';
import { standardFields, type StandardFieldId } from '$lib/fields/field';
import type { FieldValue } from '$lib/fields/value';
import { sql, type Sql } from '$lib/sql';
import { suppressAddresses } from '../bounced';

/** Contacts changed at once. */
const slice = 1_000;

/** A contact as it has become, and what it was. */
export interface Refusal {
	readonly contact: Contact;
	readonly change: {
		readonly before: Readonly<Record<string, FieldValue | null>>;
		readonly after: Readonly<Record<string, FieldValue | null>>;
	};
}

/**
 * Draws from events that came in what must not be missed: a hard bounce or a complaint suppresses the address, and who
 * unsubscribed is not subscribed any more, unless they subscribed later. `which` tells among the rows of `event`; `at`, in
 * ISO 8601, is when it happens. `noted` hears whose consent it changed.
 */
export async function suppressFromEvents(
	tx: Queryable,
	which: Sql,
	at: string,
	noted: (refusals: readonly Refusal[]) => Promise<void> = async () => {}
): Promise<void> {
	await suppressAddresses(tx, which);
	const left = await tx.rows<{ cno: number; at: Date }>(sql`
		select cno, said.at from (
			select cno, max(at) as at from event
			where type = (select no from event_type where id = 'email_unsubscribed') and ${which} group by cno
		) as said join contact using (cno)
		where email_consent is distinct from 'unsubscribed'
			and (email_consent = 'subscribed' and email_consent_at > said.at) is not true
		order by cno`);
	for (let from = 0; from < left.length; from += slice) {
		const some = new Map(
			left.slice(from, from + slice).map(({ cno, at }) => [cno, at.toISOString()])
		);
		const rows = await tx.rows<{ row: ContactRow }>(
			sql`select to_jsonb(contact) as row from contact where cno = any(${[...some.keys()]}::int[])`
		);
		const changed = rows.map(({ row }) => refused(row, some.get(row.cno)!, at));
		await putContacts(
			tx,
			changed.map(({ row }) => row)
		);
		await noted(changed.map(({ refusal }) => refusal));
	}
}

function refused(
	row: ContactRow,
	since: string,
	at: string
): { readonly row: ContactRow; readonly refusal: Refusal } {
	const after = {
		email_consent: 'unsubscribed',
		email_consent_at: since,
		email_consent_source: 'Unsubscribed from an email'
	} satisfies Partial<Record<StandardFieldId, string>>;
	const changes = standardFields.flatMap((field) =>
		field.id in after ? [{ field, value: after[field.id as keyof typeof after] }] : []
	);
	const { values } = contactOf(row);
	const { row: changed, before } = changeRow(row, changes, Date.parse(at));
	return {
		row: changed,
		refusal: {
			contact: contactOf(changed),
			change: {
				before: {
					...Object.fromEntries(before.map(({ field, value }) => [field.id, value])),
					updated_at: values.updated_at ?? null
				},
				after: { ...after, updated_at: new Date(at).toISOString() }
			}
		}
	};
}
