import { pause } from '$lib/pause';
import { sql } from '$lib/sql';
import type { Database } from './db';
import { tidy } from './noted';

/** Share of contacts after whose change tables are tidied up, and the least of them that are worth it. */
const share = 0.05;
const least = 1000;

/**
 * Tidies up after many single changes, when there have been none for `rest` milliseconds: bulk work does so by itself, and
 * PGlite never does. Until then answers are right, but take longer.
 */
export function tendDatabase(database: Database, { rest = 5000 } = {}): void {
	let changed = 0;
	let last = 0;
	let tending: Promise<void> | undefined;

	const tend = async () => {
		do await pause(rest);
		while (performance.now() - last < rest);
		const [row] = await database.rows<{ contacts: number }>(
			sql`select count(*)::int as contacts from contact`
		);
		if (changed < share * row!.contacts) return;
		changed = 0;
		await tidy(database);
	};
	database.onchange((change) => {
		changed = change.type === 'everything' ? 0 : changed + change.cnos.length;
		last = performance.now();
		if (changed < least) return;
		// What fails now is tried again after the next change.
		tending ??= tend()
			.catch(() => {})
			.finally(() => (tending = undefined));
	});
}
