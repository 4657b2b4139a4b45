import { comparable } from '$lib/fields/value';
import { unreachable } from '$lib/result';
import { sql, type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { addUnits } from '$lib/time/zone';
import type { Comparison } from '../../operators/families';
import { windowHolds, windowSql } from '../../operators/window';
import type { Person } from '../../person';
import { comparableSql, fieldSql } from '../../stored';
import type { ChangedCondition } from './changed';
import { meets, meetsSql } from './meets';

/** The numbers of those of whom it is so, by the log. */
export function becameSoSql(condition: ChangedCondition, moment: Moment) {
	const { field } = condition;
	const now = new Date(moment.now);
	const log = (more: Sql) => sql`select cno from field_change where field = ${field} and ${more}`;
	const at = sql`at`;
	switch (condition.what) {
		case 'changed': {
			const { from, to, window } = condition;
			const inTime = window ? windowSql(window, at, moment) : sql`at <= ${now}`;
			const before = from ? sql` and ${logged(from, sql`before`, moment)}` : sql``;
			const after = to ? sql` and ${logged(to, sql`after`, moment)}` : sql``;
			return log(sql`${inTime}${before}${after}`);
		}
		case 'was': {
			const { value } = condition;
			const is = meetsSql(value, fieldSql(field, value.of), moment);
			const was = sql`(${logged(value, sql`before`, moment)} or ${logged(value, sql`after`, moment)})`;
			return sql`select cno from contact where ${is} union all ${log(sql`at <= ${now} and ${was}`)}`;
		}
		case 'hasBeen': {
			const { value } = condition;
			const since = new Date(sinceOf(condition, moment));
			const is = meetsSql(value, fieldSql(field, value.of), moment);
			const otherwise = sql`not ${logged(value, sql`before`, moment)}`;
			return sql`select cno from contact where contact.created_at <= ${since} and ${is} except ${log(sql`at > ${since} and at <= ${now} and ${otherwise}`)}`;
		}
		default:
			return unreachable(condition);
	}
}

const logged = (value: Comparison, column: Sql, moment: Moment) =>
	meetsSql(value, comparableSql(column, value.of), moment);

/** The same of one. */
export function becameSo(
	condition: ChangedCondition,
	{ fields, changes }: Person,
	moment: Moment
): boolean {
	const { field } = condition;
	const own = changes.filter((change) => change.field === field);
	switch (condition.what) {
		case 'changed': {
			const { from, to, window } = condition;
			return own.some(
				({ at, before, after }) =>
					(window ? windowHolds(window, at, moment) : at <= moment.now) &&
					(!from || meets(from, before, moment)) &&
					(!to || meets(to, after, moment))
			);
		}
		case 'was': {
			const sofar = own.filter(({ at }) => at <= moment.now);
			const values = [fields[field], ...sofar.flatMap(({ before, after }) => [before, after])];
			return values.some((value) => meets(condition.value, value, moment));
		}
		case 'hasBeen': {
			const since = sinceOf(condition, moment);
			const recent = own.filter(({ at }) => at > since && at <= moment.now);
			const created = comparable(fields.created_at, 'datetime');
			return (
				created !== undefined &&
				Number(created) <= since &&
				meets(condition.value, fields[field], moment) &&
				recent.every(({ before }) => meets(condition.value, before, moment))
			);
		}
		default:
			return unreachable(condition);
	}
}

/** How long ago it must have become so. */
export const sinceOf = (
	{ n, unit }: ChangedCondition & { readonly what: 'hasBeen' },
	{ now, zone }: Moment
): number => addUnits(now, -n, unit, zone);
