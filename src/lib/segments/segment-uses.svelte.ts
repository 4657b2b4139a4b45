import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import { pause } from '$lib/pause';
import { mentionsOfSegment } from '$lib/uses/mentions';
import type { Used } from '$lib/uses/mentions';
import { usersNow, usesIn, type User, type Users } from '$lib/uses/uses';

/** Segments looked through before others get their turn: some milliseconds. */
const slice = 250;

/** What uses segments: worked out once for all of them, after the page is painted, and anew when anything changed. */
export class SegmentUses {
	readonly #answer: Latest<Users, (used: Used) => readonly User[]>;

	/** Must be made while a component is. */
	constructor(app: Pick<App, 'workspace'>) {
		this.#answer = new Latest(
			() => usersNow(app.workspace),
			async (users, signal) => {
				await pause(0, signal);
				// What each names is kept, so that what is left to do then is short.
				for (const [i, segment] of users.segments.entries()) {
					mentionsOfSegment(segment);
					if (i % slice === slice - 1) await pause(0, signal);
				}
				return usesIn(users);
			}
		);
	}

	/** Nothing until it is known. */
	of(id: string): readonly User[] | undefined {
		return this.#answer.value?.({ type: 'segment', id });
	}
}
