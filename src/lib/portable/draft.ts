import { channels } from '$lib/fields/field';
import type { FieldValue } from '$lib/fields/value';
import type { ContactDraft } from '$lib/imports/rows/contact-draft';
import { ConsentState } from '$lib/imports/values/consent';
import { contactOf, type PortableContact } from './people';

/** What a contact of a file says of somebody who is known already. */
export function contactDraft(portable: PortableContact): ContactDraft {
	const { externalId, values: all } = contactOf(portable, 0);
	const { email, ...others } = all;
	const values: Record<string, FieldValue> = others;
	const consent: { -readonly [C in keyof NonNullable<ContactDraft['consent']>]: ConsentState } = {};
	for (const { id: channel } of channels) {
		const state = ConsentState.safeParse(values[`${channel}_consent`]);
		delete values[`${channel}_consent`];
		if (state.success) consent[channel] = state.data;
	}
	return {
		...{ line: 0, values, consent },
		...(email === undefined ? {} : { email: String(email) }),
		...(externalId === undefined ? {} : { externalId })
	};
}
