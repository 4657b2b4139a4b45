import { comparable } from '$lib/fields/value';
import type { Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { compareHolds, compareSql } from '../../operators/compare';
import { noSibling } from '../../operators/comparison';
import type { Comparison } from '../../operators/families';

/** Whether a value, as it is compared, is such a one. Never null. */
export const meetsSql = (comparison: Comparison, value: Sql, moment: Moment): Sql =>
	compareSql(comparison, value, moment, noSibling);

/** The same of a value as it is stored. */
export const meets = (comparison: Comparison, value: unknown, moment: Moment): boolean =>
	compareHolds(comparison, comparable(value, comparison.of), moment, noSibling);
