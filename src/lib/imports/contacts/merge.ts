import type { Contact } from '$lib/contacts/contact';
import { channels } from '$lib/fields/field';
import type { FieldValue } from '$lib/fields/value';
import { sameJson } from '$lib/json';
import type { Merging } from '../mapping';
import type { ContactDraft } from '../rows/contact-draft';
import { isUpgrade, type ConsentState } from '../values/consent';

/** Values by field id as they were and as they became; null where there is none. */
export interface ContactChange {
	readonly before: Values;
	readonly after: Values;
}
export type Values = Readonly<Record<string, FieldValue | null>>;

/** Where `Values` keep what is no field. */
export const externalIdKey = '#external_id';

export interface MergeContext {
	readonly merging: Pick<Merging, 'policy' | ConsentMerging>;
	/** ISO 8601, in UTC: when the import happens. */
	readonly at: string;
	/** What consent says it comes from, unless the file does: the file's name. */
	readonly source: string;
}

export interface Merged {
	readonly contact: Contact;
	/** `undefined`: the row says nothing new. */
	readonly change: ContactChange | undefined;
	/** What is on record and was kept against more in the file: a refusal, or else that somebody has not confirmed yet. */
	readonly kept: 'unsubscribed' | 'pending' | undefined;
}

type ConsentMerging = 'upgradeConsent' | 'confirmPending';

/** A person nobody knew. */
export function newContact(
	draft: ContactDraft,
	{ cno, uid }: Pick<Contact, 'cno' | 'uid'>,
	context: MergeContext
): Contact {
	const values: Record<string, FieldValue> = {
		created_at: context.at,
		...draft.values,
		// By this an import that is taken back knows that nobody has touched the contact since.
		updated_at: context.at
	};
	if (draft.email !== undefined) values.email = draft.email;
	for (const { id: channel } of channels) {
		const state = draft.consent?.[channel];
		if (!state) continue;
		const details = consentValues(channel, state, draft, context);
		// When somebody new has consented the file may say; that it was just now would be made up.
		if (!draft.values[`${channel}_consent_at`]) delete details[`${channel}_consent_at`];
		Object.assign(values, details);
	}
	return { cno, uid, externalId: draft.externalId, values, archivedAt: undefined };
}

/**
 * What a row makes of a contact there is. Blank cells never take anything away; a refusal in the file always counts, also
 * of contacts that are else left alone. One on record is only lifted, and who is pending only confirmed, if the person
 * importing says so.
 */
export function mergeContact(known: Contact, row: ContactDraft, context: MergeContext): Merged {
	const { policy } = context.merging;
	const draft = policy === 'skip' ? (refusalIn(row) ?? nothing) : row;
	const wanted: Record<string, FieldValue> = {};
	const offer = (id: string, value: FieldValue | undefined) => {
		if (value !== undefined && (policy === 'overwrite' || known.values[id] === undefined))
			wanted[id] = value;
	};
	let kept: Merged['kept'];
	const { updated_at: _, ...values } = draft.values;
	for (const [id, value] of Object.entries(values)) if (!consentDetails.has(id)) offer(id, value);
	if (draft.email !== undefined && !sameAddress(known.values.email, draft.email))
		offer('email', draft.email);

	for (const { id: channel } of channels) {
		const state = draft.consent?.[channel];
		const details = consentValues(channel, state, draft, context);
		const current = known.values[`${channel}_consent`] as ConsentState | undefined;
		if (state === undefined || state === current) {
			if (policy === 'skip') continue;
			for (const [id, value] of Object.entries(details))
				if (draft.values[id] !== undefined) offer(id, value);
		} else if (stays(current, state, context.merging))
			kept = current === 'pending' ? (kept ?? current) : 'unsubscribed';
		else Object.assign(wanted, details);
	}

	const externalId =
		draft.externalId !== undefined && (policy === 'overwrite' || known.externalId === undefined)
			? draft.externalId
			: known.externalId;
	return { ...changed(known, wanted, externalId, context.at), kept };
}

/** Whether what is on record counts for more than what a row says: only a person can decide that somebody has agreed since. */
export const stays = (
	from: ConsentState | undefined,
	to: ConsentState,
	{ upgradeConsent, confirmPending }: Pick<Merging, ConsentMerging>
): boolean => isUpgrade(from, to) && !(from === 'pending' ? confirmPending : upgradeConsent);

/** What a row refuses, without all else it says. */
export function refusalIn({ line, values, consent }: ContactDraft): ContactDraft | undefined {
	const refused = channels.filter(({ id }) => consent?.[id] === 'unsubscribed');
	if (refused.length === 0) return;
	const details = refused.flatMap(({ id }) => [`${id}_consent_at`, `${id}_consent_source`]);
	return {
		line,
		values: Object.fromEntries(Object.entries(values).filter(([id]) => details.includes(id))),
		consent: Object.fromEntries(refused.map(({ id }) => [id, 'unsubscribed']))
	};
}

const nothing: ContactDraft = { line: 0, values: {} };

const consentDetails: ReadonlySet<string> = new Set(
	channels.flatMap(({ id }) => [`${id}_consent_at`, `${id}_consent_source`])
);

/** A consent with its date and source: as the file says, else now and from this file. */
function consentValues(
	channel: 'email' | 'sms',
	state: ConsentState | undefined,
	{ values }: ContactDraft,
	{ at, source }: MergeContext
): Record<string, FieldValue> {
	return {
		...(state ? { [`${channel}_consent`]: state } : {}),
		[`${channel}_consent_at`]: values[`${channel}_consent_at`] ?? at,
		[`${channel}_consent_source`]: values[`${channel}_consent_source`] ?? source
	};
}

const sameAddress = (a: FieldValue | undefined, b: string): boolean =>
	String(a ?? '').toLowerCase() === b.toLowerCase();

function changed(
	known: Contact,
	wanted: Readonly<Record<string, FieldValue>>,
	externalId: string | undefined,
	at: string
): Pick<Merged, 'contact' | 'change'> {
	const before: Record<string, FieldValue | null> = {};
	const after: Record<string, FieldValue | null> = {};
	for (const [id, value] of Object.entries(wanted)) {
		if (sameJson(known.values[id], value)) continue;
		before[id] = known.values[id] ?? null;
		after[id] = value;
	}
	if (externalId !== known.externalId) {
		before[externalIdKey] = known.externalId ?? null;
		after[externalIdKey] = externalId ?? null;
	}
	if (Object.keys(after).length === 0) return { contact: known, change: undefined };
	before.updated_at = known.values.updated_at ?? null;
	after.updated_at = at;
	const { [externalIdKey]: __, ...written } = after;
	const values = { ...known.values, ...(written as Record<string, FieldValue>) };
	return { contact: { ...known, externalId, values }, change: { before, after } };
}
