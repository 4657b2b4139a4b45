import { Random } from '../../src/lib/sample/random';
import { situations, type Found, type Situation } from './found';
import { midImport } from './mid-import';
import { midMigration } from './mid-migration';
import { midTakeover } from './mid-takeover';
import { midWrite } from './mid-write';
import { catalogueOf } from './reopen';
import type { Scene, Setting } from './situation';
import { World } from './world';

export interface ChaosOptions {
	readonly executablePath: string;
	readonly kills: number;
	readonly seed: number;
	/** Which of the situations; all, in turn, when left out. */
	readonly only?: Situation | undefined;
	/** Hears of each kill as soon as it was looked into. */
	readonly tell: (found: Found, no: number) => void;
}

const sceneOf: Record<Situation, (setting: Setting) => Scene> = {
	write: midWrite,
	import: midImport,
	migration: midMigration,
	takeover: midTakeover
};

/**
 * Kills a browser again and again, at moments that a seed decides, and looks into what each kill has left. What the
 * machine is doing has a say in it too: the same seed gives the same moments, not the same run.
 */
export async function chaos({
	executablePath,
	kills,
	seed,
	only,
	tell
}: ChaosOptions): Promise<readonly Found[]> {
	const random = new Random(seed);
	const world = await World.open(executablePath);
	try {
		const setting = { world, random, catalogue: await catalogueOf(world) };
		const chosen = only ? [only] : situations;
		const scenes = chosen.map((situation) => sceneOf[situation](setting));
		const all: Found[] = [];
		while (all.length < kills) {
			const found = await scenes[all.length % scenes.length]!();
			all.push(found);
			tell(found, all.length);
		}
		return all;
	} finally {
		await world.close();
	}
}
