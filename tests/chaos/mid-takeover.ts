import { Found } from './found';
import { momentWithin, sayMoment, tapOf, type Span } from './moment';
import { opened, reopened } from './reopen';
import type { Scene, Setting } from './situation';
import { checkWrites, live, type Author } from './writes';

/** Milliseconds that a busy worker outlives its tab. */
const busy = 2_000;

/**
 * Two tabs write, the one that leads closes while a statement runs, and the browser is killed while the other takes
 * over: the second crash comes while the first is being recovered from.
 */
export function midTakeover({ world, random, catalogue }: Setting): Scene {
	const address = { workspace: 'takeover' };
	const first: Author = { prefix: 'a-', next: 0 };
	const second: Author = { prefix: 'b-', next: 0 };
	/** What opening took after the kill before. */
	let opening: Span = { writes: 100, ms: 2_500 };
	return async () => {
		const leading = await world.lab(address);
		await opened(leading);
		const following = await world.lab(address);
		await opened(following);
		live(leading, first);
		live(following, second);
		await world.heard(random.whole(10, 40));

		const moment = momentWithin(random, opening);
		world.tapNext(tapOf(moment, 'start'));
		const struck = world.strike(moment);
		// Both end with the browser, if not before.
		following.evaluate(() => window.chaos.engine.call('sort', 500_000)).catch(() => {});
		leading.close().catch(() => {});
		const came = await struck;

		const found = new Found('takeover', `${sayMoment(moment, opening, came)} of the next worker`);
		const after = await reopened(world, address, catalogue, found);
		if (!after) return found;
		opening = { ...after.opening, ms: after.opening.ms + busy };
		await checkWrites(after.page, world, first, found);
		await checkWrites(after.page, world, second, found);
		await after.page.close();
		return found;
	};
}
