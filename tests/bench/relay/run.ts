import type { Add } from '../measure';
import { measureLoad } from './load';
import { measureOpening } from './opening';
import { measureSeeing } from './seeing';

/** What a team waits for: a relay with many clients, a large workspace, and each other. The app must be built. */
export async function measureRelay(directory: string, add: Add): Promise<void> {
	console.log('A relay and a team');
	await measureLoad(add);
	await measureOpening(directory, add);
	await measureSeeing(add);
}
