import type { Database } from '$lib/db/db';
import { createApi } from '$lib/engine/api';
import { boot } from '$lib/engine/boot';
import type { Publish } from '$lib/engine/protocol';
import { keptApi } from './kept';
import { soundnessApi } from './soundness';

/** All that the app's worker answers, and what it is looked into with. */
export function createChaosApi(database: Database, publish: Publish) {
	return { ...createApi(database, publish), ...soundnessApi(database), ...keptApi(database) };
}

boot(createChaosApi);
