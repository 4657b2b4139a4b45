import type { Database, Queryable } from '$lib/db/db';
import type { StandardFieldId } from '$lib/fields/field';
import { reckonSql } from '$lib/rules/conditions/aggregate/reckon';
import { isThenSql, typeSql } from '$lib/rules/conditions/event/matching';
import { order } from '$lib/rules/conditions/purchase/purchase';
import type { ValueSource } from '$lib/rules/editing/value-source';
import { fieldSql } from '$lib/rules/stored';
import { join, sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { everyone, valuesSql } from '../suggestions/value-sql';
import { roundly, type Bought, type Facts } from './known';
import { keyFields } from './people';

const asked: readonly StandardFieldId[] = [...keyFields, 'email_consent', 'email_consent_at'];

/** What the worker answers about what templates can start from. */
export function templatesApi(database: Database) {
	return {
		/** `bought` is the property of orders that says what was bought, where they have one. */
		async templateFacts(bought: Bought | undefined, moment: Moment): Promise<Facts> {
			const [link] = await mostCommon(
				database,
				{ of: 'property', types: ['email_clicked'], property: 'link', family: 'text' },
				moment
			);
			return {
				events: await typesThatHappened(database, moment),
				filled: await filledFields(database),
				campaign: await latestCampaign(database, moment),
				link,
				bestSelling: bought
					? await mostCommon(
							database,
							{ of: 'property', types: [order], property: bought.property, family: bought.of },
							moment
						)
					: [],
				highOrder: await highOrder(database, moment)
			};
		}
	};
}

async function typesThatHappened(database: Queryable, moment: Moment): Promise<string[]> {
	const rows = await database.rows<{ id: string }>(
		sql`select id from event_type where exists (select from event where event.type = event_type.no and ${isThenSql(undefined, moment)})`
	);
	return rows.map(({ id }) => id);
}

async function filledFields(database: Queryable): Promise<string[]> {
	const counts = asked.map((id) => sql`count(${fieldSql(id, 'text')})`);
	const [row] = await database.rows<{ counts: number[] }>(
		sql`select array[${join(counts, sql`, `)}]::int[] as counts from contact where archived_at is null`
	);
	return asked.filter((_, i) => row!.counts[i]! > 0);
}

/** By its first send: what is sent again and again, such as a welcome, began long ago. */
async function latestCampaign(database: Queryable, moment: Moment): Promise<Facts['campaign']> {
	const sends = sql`
		select ref, min(at) as began, bool_or(${typeSql(['email_delivered'])}) as delivered from event
		where ${typeSql(['email_sent', 'email_delivered'])} and ref is not null and ${isThenSql(undefined, moment)}
		group by ref`;
	const [row] = await database.rows<{ name: string; delivered: boolean }>(sql`
		select min(ref.text) as name, bool_or(delivered) as delivered
		from (${sends}) as send join ref on ref.no = send.ref
		where ref.key <> '' group by ref.key order by min(began) desc, ref.key limit 1`);
	return row;
}

/** The two values that most people have. */
async function mostCommon(
	database: Queryable,
	source: ValueSource,
	moment: Moment
): Promise<string[]> {
	const rows = await database.rows<{ value: string }>(sql`
		select (array_agg(value order by n desc, value))[1] as value
		from (${valuesSql(source, everyone, moment.now)}) as value
		group by key order by sum(n) desc, key limit 2`);
	return rows.map(({ value }) => value);
}

/** What the average orders of the upper fifth begin with, of those whose orders have totals. */
async function highOrder(database: Queryable, moment: Moment): Promise<number | undefined> {
	const average = reckonSql('average', sql`event.value`);
	const [row] = await database.rows<{ high: number | null }>(sql`
		select percentile_cont(0.8) within group (order by average) as high from (
			select ${average} as average from event
			where ${typeSql([order])} and value is not null and ${isThenSql(undefined, moment)} and ${everyone.is(sql`event.cno`)}
			group by event.cno
		) as buyer`);
	const high = row!.high;
	return high !== null && high > 0 ? roundly(high) : undefined;
}
