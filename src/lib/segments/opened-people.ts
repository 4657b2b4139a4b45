import type { ContactsAsk } from '$lib/contacts/pick';

/** People that are looked at: who they are, in words, and how many. */
export interface OpenedPeople {
	readonly title: string;
	readonly of: ContactsAsk;
	readonly size: number;
}
