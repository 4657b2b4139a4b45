import type { Contact } from '$lib/contacts/contact';
import type { FieldValue } from '$lib/fields/value';
import { sameJson } from '$lib/json';
import { externalIdKey, type Values } from '../contacts/merge';

/** Where the ledger keeps whom a change is about. */
export const uidKey = '#uid';

export interface Restored {
	/** As it is without what the import wrote; `undefined` if nothing of it is there any more. */
	readonly contact: Contact | undefined;
	/** Something the import wrote is different by now, and stays. */
	readonly left: boolean;
}

/** Takes back what an import wrote to a contact, value by value, where it is still what the import wrote. */
export function restored(contact: Contact, before: Values, after: Values): Restored {
	const { [uidKey]: uid, ...written } = after;
	if (uid !== contact.uid) return { contact: undefined, left: false };
	const values: Record<string, FieldValue> = { ...contact.values };
	let { externalId } = contact;
	let any = false;
	let left = false;
	for (const [id, value] of Object.entries(written)) {
		const current = id === externalIdKey ? contact.externalId : contact.values[id];
		if (!sameJson(current ?? null, value)) {
			left ||= id !== 'updated_at';
			continue;
		}
		any = true;
		const earlier = before[id] ?? null;
		if (id === externalIdKey) externalId = earlier === null ? undefined : String(earlier);
		else if (earlier === null) delete values[id];
		else values[id] = earlier;
	}
	return { contact: any ? { ...contact, externalId, values } : undefined, left };
}
