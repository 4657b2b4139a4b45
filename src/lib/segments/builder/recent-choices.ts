import * as z from 'zod/mini';

const KEY = 'winnow:recent-choices';
const most = 5;

/** What was added lately on this device, newest first: ids of the picker's own choices, never of values. */
export function recentChoices(): readonly string[] {
	try {
		const read = z.array(z.string()).safeParse(JSON.parse(localStorage.getItem(KEY) ?? '[]'));
		return read.success ? read.data : [];
	} catch {
		return []; // storage is refused, or not ours
	}
}

export function keepChoice(id: string): void {
	const kept = [id, ...recentChoices().filter((other) => other !== id)].slice(0, most);
	try {
		localStorage.setItem(KEY, JSON.stringify(kept));
	} catch {
		// Storage is refused: the next picker begins without it.
	}
}
