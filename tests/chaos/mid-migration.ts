import { Found } from './found';
import { migrationCount } from './lab/build';
import { momentWithin, sayMoment, tapOf, type Span } from './moment';
import { opened, reopened } from './reopen';
import type { Scene, Setting } from './situation';
import { countOnly } from './tap';
import type { World } from './world';

const people = 1_000;

/** Killed while a database of an earlier version, with people in it, is brought to this one. */
export function midMigration({ world, random, catalogue }: Setting): Scene {
	let made = 0;
	/** By how many migrations the database had before. */
	const spans = new Map<number, Span>();
	return async () => {
		const workspace = `older-${made++}`;
		const older = { workspace, migrations: random.whole(1, migrationCount - 1) };
		const digest = await fill(world, older);
		const span = spans.get(older.migrations) ?? (await undisturbed(world, older));
		spans.set(older.migrations, span);

		const moment = momentWithin(random, span);
		world.tapNext(tapOf(moment, 'upgrading'));
		const page = await world.lab({ workspace });
		const came = await world.strike(moment, opened(page));

		const found = new Found(
			'migration',
			`${sayMoment(moment, span, came)} from version ${older.migrations}`
		);
		const after = await reopened(world, { workspace }, catalogue, found);
		if (!after) return found;
		const now = await after.page.evaluate(() => window.chaos.engine.call('olderDigest'));
		if (now !== digest) found.lost.push(`${digest} became ${now}`);
		found.notes.push(`${people} people of then are whole`);
		await after.page.close();
		return found;
	};
}

/** Makes a database of an earlier version. Gives the digest of what is in it. */
async function fill(
	world: World,
	older: { workspace: string; migrations: number }
): Promise<string> {
	const page = await world.lab(older);
	const digest = await page.evaluate(async (people) => {
		const { engine } = window.chaos;
		await engine.call('fillOlder', people);
		return engine.call('olderDigest');
	}, people);
	await page.close();
	return digest;
}

/** How long it takes when nobody disturbs it. */
async function undisturbed(
	world: World,
	older: { workspace: string; migrations: number }
): Promise<Span> {
	const workspace = `${older.workspace}-undisturbed`;
	await fill(world, { ...older, workspace });
	world.tapNext(countOnly('upgrading'));
	const begin = performance.now();
	const page = await world.lab({ workspace });
	await opened(page);
	const span = { writes: await world.counted(page), ms: performance.now() - begin };
	world.tapNext(null);
	await page.close();
	return span;
}
