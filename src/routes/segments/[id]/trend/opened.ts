import type { Moved } from '$lib/membership/history/moved';

/** People that are looked at: who they are, in words, and how many. */
export interface OpenedPeople {
	readonly title: string;
	readonly moved: Moved;
	readonly size: number;
}
