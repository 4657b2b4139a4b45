import type { Database } from '$lib/db/db';
import type { Publish } from '$lib/engine/protocol';
import type { FileRuns } from '$lib/exports/run-files';
import type { KnownAudiences } from './audience/members';
import { audienceApi } from './audience/queries';
import { handOverApi } from './hand-over/run';
import { reportApi } from './report/queries';
import { recipientsOf, runsApi } from './run/queries';

/** What the worker answers about campaigns: whom they are for, whom they went to, and what came of it. */
export const campaignsApi = (
	database: Database,
	audiences: KnownAudiences,
	publish: Publish,
	files?: FileRuns
) => ({
	...audienceApi(database, audiences),
	...runsApi(database, publish),
	...handOverApi(database, recipientsOf(database), publish, files),
	...reportApi(database)
});
