import type { Moment } from '$lib/time/moment';
import type { Person } from '../person';

/** What of a person decided a condition, as plain data: a page puts it into words. Instants are epoch milliseconds. */
export type Evidence =
	| { readonly type: 'values'; readonly values: readonly ValueSeen[] }
	| EventsSeen
	/** The one event that was chosen; nothing where there is none. */
	| { readonly type: 'event'; readonly event: EventSeen | undefined }
	/** What the values of a property come to, and how many there are; nothing where none says. */
	| {
			readonly type: 'amount';
			readonly types: readonly string[];
			readonly property: string;
			readonly amount: unknown;
			readonly count: number;
	  }
	/** Tags or lists by id, or reasons not to write to them. */
	| {
			readonly type: 'tags' | 'lists' | 'reasons';
			readonly things: readonly { readonly id: string; readonly at?: number | undefined }[];
	  }
	/** The latest first. */
	| {
			readonly type: 'changes';
			readonly field: string;
			readonly value: unknown;
			readonly changes: Person['changes'];
	  }
	/** When it happened, the latest first; and `by` when it had happened before, where that is all that is known. */
	| { readonly type: 'times'; readonly times: readonly number[]; readonly by?: number }
	| { readonly type: 'percent'; readonly percent: number | undefined }
	| { readonly type: 'periods'; readonly active: number; readonly of: number };

export interface ValueSeen {
	readonly field: string;
	/** Where in a JSON value. */
	readonly path?: string | undefined;
	/** As stored; nothing where there is no value. */
	readonly value: unknown;
}

export interface EventSeen {
	/** The id of its event type. */
	readonly type: string;
	readonly at: number;
}

export interface EventsSeen {
	readonly type: 'events';
	/** How many count. */
	readonly count: number;
	/** The last ones of these, newest first. */
	readonly latest: readonly EventSeen[];
	/** Where none counts: the last one that is like them, but of another time. */
	readonly otherwise?: EventSeen | undefined;
	/** With so many more it would hold, */
	readonly more?: number | undefined;
	/** if they are before this instant: then one that counts now does no more. */
	readonly by?: number | undefined;
}

/** How a kind of condition tells what decided it. */
export type Evident<C> = (condition: C, person: Person, moment: Moment) => Evidence;

/** So many are told one by one. */
export const mostTold = 3;
