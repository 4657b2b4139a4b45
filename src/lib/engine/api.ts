import { KnownAudiences } from '$lib/campaigns/audience/members';
import { campaignsApi } from '$lib/campaigns/queries';
import { KnownOutcomes } from '$lib/campaigns/report/members';
import { sendingApi } from '$lib/campaigns/sending/queries';
import { contactsApi } from '$lib/contacts/queries';
import type { Database } from '$lib/db/db';
import { tendDatabase } from '$lib/db/tending';
import { eventsApi } from '$lib/events/queries';
import { exportApi } from '$lib/exports/run';
import { FileRuns } from '$lib/exports/run-files';
import { fieldsApi } from '$lib/fields/queries';
import { importApi } from '$lib/imports/queries';
import { listsApi } from '$lib/lists/queries';
import { historyApi } from '$lib/membership/history/queries';
import { MemberCache } from '$lib/membership/members';
import type { MirrorFiles } from '$lib/membership/mirror-files';
import { Mirrors } from '$lib/membership/mirrors';
import { membershipApi } from '$lib/membership/queries';
import { workspaceFileApi } from '$lib/portable/run';
import { sampleApi } from '$lib/sample/queries';
import { storageApi } from '$lib/storage/queries';
import { suggestionsApi } from '$lib/segments/suggestions/queries';
import { templatesApi } from '$lib/segments/templates/queries';
import { suppressionsApi } from '$lib/suppressions/queries';
import { tagsApi } from '$lib/tags/queries';
import type { Publish } from './protocol';

/**
 * What the worker answers: every noun's own part. Methods are async, arguments and answers are plain data; a write
 * takes the id that makes it happen once.
 */
export function createApi(database: Database, publish: Publish, mirrorFiles?: MirrorFiles) {
	const mirrors = new Mirrors(database, { files: mirrorFiles });
	const cache = new MemberCache(database, mirrors);
	const audiences = new KnownAudiences(database, cache);
	const outcomes = new KnownOutcomes(database);
	tendDatabase(database);
	const files = new FileRuns();
	let version = 0;
	database.onchange((change) => {
		const tables = change.type === 'everything' ? [] : [...change.tables];
		publish({ type: 'changed', tables, version: ++version });
	});
	return {
		ping: async () => 'ok',
		...membershipApi(database, cache),
		...historyApi(database, cache, publish),
		...suggestionsApi(database, cache),
		...templatesApi(database),
		...exportApi(database, cache, publish, files),
		...sampleApi(database, publish),
		...contactsApi(database, cache, publish, (erase) => mirrors.erasing(erase), {
			audience: (part, moment) => audiences.part(part, moment),
			outcome: (part, size) => outcomes.part(part, size)
		}),
		...campaignsApi(database, audiences, publish, files),
		...listsApi(database),
		...tagsApi(database),
		...suppressionsApi(database),
		...fieldsApi(database),
		...eventsApi(database),
		...sendingApi(database),
		...importApi(database, publish),
		...workspaceFileApi(database, publish, files),
		...storageApi(database)
	};
}

export type EngineApi = ReturnType<typeof createApi>;
