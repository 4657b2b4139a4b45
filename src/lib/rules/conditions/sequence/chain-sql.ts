import { join, sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { stretchOf } from '../../operators/time';
import { isOneSql, isThenSql, typeSql, type Events } from '../event/matching';
import { fromSql } from '../event/property';
import { lengthOf } from './chain';
import type { SequenceCondition } from './sequence';

/** Columns that say whether a row is an event of a step, and one that must not come before that step. */
const isStep = [sql`step1`, sql`step2`, sql`step3`, sql`step4`, sql`step5`] as const;
const isBreak = [sql`break1`, sql`break2`, sql`break3`, sql`break4`, sql`break5`] as const;

/**
 * Contacts with a chain. The events of a contact are gone through once in order of time, and step by step it is found
 * which of them some chain can reach. Of the events that reach the step before, the latest one is the best: it is the
 * nearest, and has the least in between. So two things are known of every event, which one ordered pass gives: the
 * latest earlier event that reaches the step before, and the latest earlier one that breaks the chain.
 */
export function chainSql(
	{ steps, window }: Pick<SequenceCondition, 'steps' | 'window'>,
	moment: Moment
): Sql {
	const asked: Events[] = steps.flatMap((step) => [step, ...(step.without ? [step.without] : [])]);
	const properties = asked.flatMap(({ types, where = [] }) =>
		where.map(({ property }) => ({ types, property }))
	);
	const types = [...new Set(asked.flatMap(({ types }) => types))];
	// In one stretch of time what is between two steps is in it as well; on Mondays and in Junes it need not be.
	const whole = window === undefined || stretchOf(window) !== undefined;
	const then = isThenSql(window, moment);
	const flags = steps.flatMap((step, i) => [
		sql`(${isOneSql(step, moment)}${whole ? sql`` : sql` and ${then}`}) as ${isStep[i]!}`,
		...(step.without ? [sql`(${isOneSql(step.without, moment)}) as ${isBreak[i]!}`] : [])
	]);
	const events = sql`select event.cno, event.at, ${join(flags, sql`, `)}${fromSql(properties)} where ${typeSql(types)}${whole ? sql` and ${then}` : sql``}`;

	const reached = steps.slice(1).reduce(
		(level, { within, without }, i) => {
			const broken = without
				? sql`, max(at) filter (where ${isBreak[i + 1]!}) over earlier as broken`
				: sql``;
			const known = sql`select *, max(at) filter (where reached) over earlier as before${broken} from (${level}) as level window earlier as (partition by cno order by at groups between unbounded preceding and 1 preceding)`;
			const follows = [
				isStep[i + 1]!,
				sql`before is not null`,
				...(within
					? [sql`at <= before + make_interval(secs => ${lengthOf(within) / 1000}::float8)`]
					: []),
				...(without ? [sql`(broken is null or broken <= before)`] : [])
			];
			const rest = steps
				.slice(i + 2)
				.flatMap((step, j) => [isStep[i + 2 + j]!, ...(step.without ? [isBreak[i + 2 + j]!] : [])]);
			return sql`select ${join([sql`cno`, sql`at`, ...rest], sql`, `)}, coalesce(${join(follows, sql` and `)}, false) as reached from (${known}) as known`;
		},
		sql`select *, step1 as reached from (${events}) as events`
	);
	return sql`select cno from (${reached}) as chain where reached`;
}
