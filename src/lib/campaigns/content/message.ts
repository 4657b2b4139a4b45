import type { Field, Fields } from '$lib/fields/field';
import type { PlacedBlock } from './block';
import type { MergeProblem } from './merge';

/** What a message says, as it is kept: a campaign is one, with the way to unsubscribe of its sender. */
export interface MessageContent {
	/** Merge fields by the ids of their fields. */
	readonly subject: string;
	readonly preview: string;
	readonly blocks: readonly PlacedBlock[];
	/**
	 * Where people unsubscribe: a link to a page, a `mailto:` link or an address. Merge fields may stand in it. Nothing:
	 * `{unsubscribe}` cannot be used.
	 */
	readonly unsubscribe?: string | undefined;
}

/** What a message is read with. */
export interface MessageContext {
	readonly fields: Fields;
	/** The segments there are, by id. */
	readonly segments: { has(id: string): boolean };
	/** IANA name: the calendar in which instants are said. */
	readonly zone: string;
	/** BCP 47: how dates, countries and languages are said. */
	readonly locale?: string | undefined;
}

/** A place in a message. */
export type Place =
	| { readonly part: 'subject' | 'preview' | 'unsubscribe' }
	| {
			readonly part: 'block';
			/** The id of a block. */
			readonly block: string;
			/** In a dynamic block: the id of a variant, or `otherwise`. */
			readonly variant?: string | undefined;
			/** The text round it, to find it by. */
			readonly near?: string | undefined;
	  };

/** What keeps a message from being sent, or had better be looked at first. */
export type ContentIssue =
	| { readonly type: 'NoSubject' }
	| { readonly type: 'EmptyBody' }
	| { readonly type: 'MergeSyntax'; readonly place: Place; readonly problem: MergeProblem }
	| { readonly type: 'UnknownField'; readonly place: Place; readonly field: string }
	/** `{{Name}}` is sent as `{Name}`, and other products write their fields so, whether or not there is such a field. */
	| { readonly type: 'DoubledBraces'; readonly place: Place; readonly field: string }
	| { readonly type: 'NoSegment'; readonly place: Place }
	| { readonly type: 'UnknownSegment'; readonly place: Place; readonly segment: string }
	/** Its rule has an issue, or was never saved: nobody can say who is in it. */
	| {
			readonly type: 'UncountedSegment';
			readonly place: Place;
			readonly segment: string;
			readonly saved: boolean;
	  }
	| { readonly type: 'EmptyLink'; readonly place: Place; readonly words: string }
	| { readonly type: 'BadLink'; readonly place: Place; readonly href: string }
	/** A field stands where the site of a link is named, so that a contact's value would decide where it leads. */
	| { readonly type: 'FieldInSite'; readonly place: Place; readonly href: string }
	/** `{unsubscribe}` is used, and it is not said where people unsubscribe. */
	| { readonly type: 'NoUnsubscribePlace'; readonly place: Place }
	/** `{unsubscribe}` in a subject or a preview text. */
	| { readonly type: 'UnsubscribeMisplaced'; readonly place: Place }
	| { readonly type: 'NoUnsubscribe' }
	/** A part that this version does not know; it would be left out. */
	| { readonly type: 'UnknownPart'; readonly place: Place; readonly node: string };

/** Whether a message is not sent before this is put right. The others are to be looked at. */
export const isBlocking = ({ type }: ContentIssue): boolean =>
	type !== 'NoUnsubscribe' && type !== 'DoubledBraces';

/** A message as one contact gets it. */
export interface RenderedMessage {
	/** One line. */
	readonly subject: string;
	/** One line. */
	readonly preview: string;
	/** A whole document. */
	readonly html: string;
	readonly text: string;
}

/** A message that is ready to be rendered again and again. */
export interface CompiledMessage {
	/** Whose values `render` takes, in this order. */
	readonly fields: readonly Field[];
	/** For each dynamic block, in its order, the segments of its variants. */
	readonly variants: readonly (readonly (string | undefined)[])[];
	/**
	 * `values` are those of one contact as the database has them in JSON, one for each of `fields`; `variants` says which
	 * variant of each dynamic block it sees, −1 for none of them.
	 */
	render(values: readonly unknown[], variants: readonly number[]): RenderedMessage;
	/** Where this contact unsubscribes, as an address of the web or a `mailto:`. */
	unsubscribeUrl(values: readonly unknown[]): string | undefined;
}
