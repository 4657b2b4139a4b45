import type { AudiencePart } from '$lib/campaigns/audience/step';
import type { OutcomePart } from '$lib/campaigns/report/report';
import type { Family } from '$lib/fields/field';
import type { Moved } from '$lib/membership/history/moved';
import type { Rule } from '$lib/rules/rule';

/** Which contacts are asked for. Everything left out lets all through. */
export interface ContactsAsk {
	/** Only members of this rule. Archived contacts are members of nothing. */
	readonly rule?: Rule | undefined;
	/** Only those that moved into a segment or out of it. */
	readonly moved?: Moved | undefined;
	/** Only those of a step of an audience. */
	readonly audience?: AudiencePart | undefined;
	/** Only those behind a number of a campaign's report. */
	readonly outcome?: OutcomePart | undefined;
	/** Words that must all stand in name, email, company or phone. */
	readonly search?: string | undefined;
	/** The archived contacts in place of the others. */
	readonly archived?: boolean | undefined;
}

/** In which order: by name as it is shown, or by a field. Contacts without a value come last either way. */
export interface ContactSort {
	/** `name`, or a field's id. */
	readonly by: string;
	/** How values of a custom field are compared. */
	readonly family?: Family | undefined;
	readonly descending: boolean;
}

/**
 * Contacts to do something with: these, or all that are asked for, whoever they are by then. Half a million numbers never
 * cross to the page and back.
 */
export type ContactPick =
	| { readonly type: 'these'; readonly cnos: readonly number[] }
	| { readonly type: 'all'; readonly of: ContactsAsk; readonly except: readonly number[] };

/** Where the words of a search are looked for. */
export const searchedFields = ['first_name', 'last_name', 'email', 'company', 'phone'] as const;
