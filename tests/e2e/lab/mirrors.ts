import type { Database } from '$lib/db/db';
import { MemberCache } from '$lib/membership/members';
import type { MirrorFiles } from '$lib/membership/mirror-files';
import { Mirrors } from '$lib/membership/mirrors';
import type { Condition } from '$lib/rules/conditions/registry';
import { scanOf } from '$lib/rules/conditions/scans';
import { render, sql, type Sql } from '$lib/sql';

const moment = { now: Date.parse('2026-01-15T10:00:00Z'), zone: 'Europe/Zurich', weekStart: 1 };

const conditions = {
	country: { kind: 'field', field: 'country', of: 'text', test: { operator: 'is', value: 'C1' } },
	opened: { kind: 'event', types: ['email_opened'], did: true }
} satisfies Record<string, Condition>;

export type Asked = keyof typeof conditions;

/** Counts by mirrors and their files, in a worker that tells what the database was asked for besides. */
export function mirrorLab(db: Database, files: MirrorFiles | undefined) {
	/** Statements about more than a few contacts that read what each condition is about. */
	const reads: Record<Asked, number> = { country: 0, opened: 0 };
	const note = (query: Sql) => {
		const { text } = render(query);
		if (text.includes('any(')) return;
		if (text.includes('country_key')) reads.country++;
		if (/from event\b/.test(text)) reads.opened++;
	};
	const watched: Database = {
		...db,
		rows: (query) => (note(query), db.rows(query)),
		copyOut: (query) => (note(query), db.copyOut(query))
	};
	const mirrors = new Mirrors(watched, { rest: 0, files });
	const cache = new MemberCache(watched, mirrors);
	return {
		/** People of five countries, and who of them opened something. */
		fillPeople: (contacts: number, events: number) =>
			db.bulk(async (tx) => {
				await tx.run(sql`
					insert into contact(cno, uid, country, country_key)
					select i, 'u' || i, 'C' || i % 5, 'c' || i % 5 from generate_series(0, ${contacts - 1}::int) as i`);
				await tx.run(sql`insert into event_type values (1, 'email_opened')`);
				await tx.run(sql`
					insert into event(no, id, cno, type, at)
					select i, 'e' || i, i % ${Math.ceil(contacts / 2)}::int, 1, '2026-01-01'::timestamptz + make_interval(secs => i)
					from generate_series(1, ${events}::int) as i`);
			}),
		/** How many it holds for, and whether the database was asked about all contacts for that. */
		countOf: async (asked: Asked): Promise<{ count: number; read: boolean }> => {
			const before = reads[asked];
			const members = await cache.at(moment);
			const { count } = await members.of(conditions[asked]);
			return { count, read: reads[asked] > before };
		},
		/** Resolves when the columns of what was asked are read and saved. */
		settled: () => mirrors.settled(),
		moveTo: (write: string, country: string, cnos: number[]) =>
			db.write(write, (tx) =>
				tx.run(
					sql`update contact set country = ${country}, country_key = ${country.toLowerCase()} where cno = any(${cnos}::int[])`
				)
			)
	};
}
