import type { Random } from '../../src/lib/sample/random';
import type { Found } from './found';
import type { World } from './world';

/** What situations have in common: where they happen, chance, and how a sound database is laid out. */
export interface Setting {
	readonly world: World;
	readonly random: Random;
	/** The catalogue of a database that nobody ever disturbed. */
	readonly catalogue: string;
}

/** Something that is done to the browser once and again, each time ending in a kill and a look at what is left. */
export type Scene = () => Promise<Found>;
