import { contactsApi } from '$lib/contacts/queries';
import type { Database } from '$lib/db/db';
import { MemberCache } from '$lib/membership/members';
import { membershipApi } from '$lib/membership/queries';
import { suggestionsApi } from '$lib/segments/queries';
import type { Publish } from './protocol';

/**
 * What the worker answers: every noun's own part. Methods are async, arguments and answers are plain data; a write
 * takes the id that makes it happen once.
 */
export function createApi(database: Database, publish: Publish) {
	const cache = new MemberCache(database);
	let version = 0;
	database.onchange((change) => {
		const tables = change.type === 'everything' ? [] : [...change.tables];
		publish({ type: 'changed', tables, version: ++version });
	});
	return {
		ping: async () => 'ok',
		...membershipApi(database, cache),
		...suggestionsApi(database, cache),
		...contactsApi(database, cache)
	};
}

export type EngineApi = ReturnType<typeof createApi>;
