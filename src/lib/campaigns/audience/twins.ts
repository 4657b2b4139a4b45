import type { Database, Queryable } from '$lib/db/db';
import { sql } from '$lib/sql';
import type { Twins } from './waterfall';

/** With more changed contacts than this, asking about everybody takes no longer. */
const mostChanged = 2000;

/** Of every address that more than one contact has, who they are; of archived ones only those count who said no to email. */
export const twinsOf = (database: Queryable): Promise<readonly Twins[]> =>
	groups(database, sql`true`);

/** The same, kept: after a write only the addresses of those it changed are asked about. */
export class KnownTwins {
	readonly #database: Database;
	#kept: readonly Twins[] | undefined;
	#changed = new Set<number>();
	#asking: Promise<void> | undefined;
	/** Rises with bulk work, so that what was asked before it is not kept. */
	#epoch = 0;

	constructor(database: Database) {
		this.#database = database;
		database.onchange((change) => {
			if (change.type === 'everything') this.#forget();
			else if (change.tables.has('contact')) for (const cno of change.cnos) this.#changed.add(cno);
			if (this.#changed.size > mostChanged) this.#forget();
		});
	}

	async all(): Promise<readonly Twins[]> {
		while (!this.#kept || this.#changed.size > 0 || this.#asking) {
			this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
			await this.#asking;
		}
		return this.#kept;
	}

	async #ask(): Promise<void> {
		const known = this.#kept;
		const changed = this.#changed;
		const epoch = this.#epoch;
		this.#changed = new Set();
		try {
			const found = known
				? await mended(this.#database, known, changed)
				: await twinsOf(this.#database);
			if (epoch === this.#epoch) this.#kept = found;
		} catch (error) {
			this.#forget();
			throw error;
		}
	}

	#forget(): void {
		this.#epoch++;
		this.#kept = undefined;
		this.#changed = new Set();
	}
}

/** What groups have become when these contacts were written. */
async function mended(
	database: Queryable,
	known: readonly Twins[],
	changed: ReadonlySet<number>
): Promise<readonly Twins[]> {
	const fresh = await groups(
		database,
		sql`email_key in (select email_key from contact where cno = any(${[...changed]}::int[]))`
	);
	const moved = new Set(changed);
	for (const { present, refused } of fresh)
		for (const cno of [...present, ...refused]) moved.add(cno);
	const stays = (cno: number) => !moved.has(cno);
	const rest = known
		.map((group) =>
			group.present.every(stays) && group.refused.every(stays)
				? group
				: { present: group.present.filter(stays), refused: group.refused.filter(stays) }
		)
		.filter(({ present, refused }) => present.length > 0 && present.length + refused.length > 1);
	return [...rest, ...fresh];
}

async function groups(
	database: Queryable,
	where: ReturnType<typeof sql>
): Promise<readonly Twins[]> {
	const [row] = await database.rows<{ all: string }>(sql`
		select coalesce(json_agg(shared), '[]')::text as all from (
			select
				array_agg(cno order by cno) filter (where archived_at is null) as present,
				coalesce(array_agg(cno) filter (where archived_at is not null), '{}') as refused
			from contact
			where (archived_at is null or email_consent = 'unsubscribed') and email_key is not null and ${where}
			group by email_key having count(*) > 1 and count(*) filter (where archived_at is null) > 0
		) as shared`);
	return JSON.parse(row!.all) as Twins[];
}
