import { sql } from '$lib/sql';
import type { Database } from './database';
import type { OtherRelays } from './redis';
import { whyOf } from './say';
import type { UpdateLog } from './update-log';

export interface Health {
	isStopping: boolean;
	read(): Promise<{ status: number; body: Readonly<Record<string, unknown>> }>;
}

/** Milliseconds that one answer of the database counts for, and that it may take. */
const probeLasts = 2_000;

/** How a relay is: 503 while it cannot write its log, so that nobody is sent to it. */
export function healthOf(parts: {
	readonly database: Database;
	readonly log: UpdateLog;
	readonly others: OtherRelays | undefined;
}): Health {
	const { database, log, others } = parts;
	let probed: { at: number; why: Promise<string | undefined> } | undefined;

	const probe = () => {
		const late = new Promise<never>((_, fail) =>
			setTimeout(() => fail(new Error('The database does not answer.')), probeLasts).unref()
		);
		return Promise.race([database.rows(sql`select 1 as one`), late]).then(
			() => undefined,
			(error: unknown) => whyOf(error)
		);
	};
	return {
		isStopping: false,
		async read() {
			const now = performance.now();
			if (!probed || now - probed.at > probeLasts) probed = { at: now, why: probe() };
			const isWriting = (log.failing ?? (await probed.why)) === undefined;
			const redis = others ? (others.isUp ? 'up' : 'away') : 'none';
			const isWell = isWriting && redis !== 'away' && !this.isStopping;
			return {
				status: isWriting && !this.isStopping ? 200 : 503,
				body: {
					status: isWell ? 'ok' : 'degraded',
					...{ log: isWriting ? 'ok' : 'failing', redis, stopping: this.isStopping }
				}
			};
		}
	};
}
