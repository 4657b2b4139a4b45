import { Found } from './found';
import { momentWithin, sayMoment, tapOf } from './moment';
import { opened, reopened } from './reopen';
import type { Scene, Setting } from './situation';
import { checkWrites, live, type Author } from './writes';

/** In which a few dozen people are written about. */
const span = { writes: 1_500, ms: 1_500 };

/** Killed while a page writes contacts, events and tags of the document, one after another. */
export function midWrite({ world, random, catalogue }: Setting): Scene {
	const address = { workspace: 'writes' };
	const author: Author = { prefix: 'w-', next: 0 };
	return async () => {
		const page = await world.lab(address);
		await opened(page);
		const moment = momentWithin(random, span);
		await world.arm(page, tapOf(moment, 'now'));
		live(page, author);
		// A busy machine may take longer to begin than the moment is away.
		if (moment.type === 'time') await world.heard(1);
		const came = await world.strike(moment);

		const found = new Found('write', sayMoment(moment, span, came));
		const after = await reopened(world, address, catalogue, found);
		if (!after) return found;
		await checkWrites(after.page, world, author, found);
		await after.page.close();
		return found;
	};
}
