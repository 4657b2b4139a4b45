import * as z from 'zod/mini';
import { type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { noSibling } from './comparison';
import { datetime } from './datetime';
import { presence } from './presence';
import { DatetimeTest, negatives, type PositiveTime } from './time';

/** When something happened: any time operator that is not negative. */
export type Window = PositiveTime<DatetimeTest>;

/** Whether something can have happened then: no negative operator, and none about there being a time. */
export const isWindow = (operator: string): boolean =>
	!(operator in negatives) && !(operator in presence);

export const Window = DatetimeTest.check(
	z.refine((test) => isWindow(test.operator), { error: 'Choose a time.' }),
	z.refine((test) => !('value' in test && typeof test.value === 'object'), {
		error: 'Choose a date.'
	})
) as unknown as z.ZodMiniType<Window>; // what a check leaves out stays in the type of a schema

export const windowSql = (window: Window, at: Sql, moment: Moment): Sql =>
	datetime.sql(window, at, moment, noSibling);

export const windowHolds = (window: Window, at: number, moment: Moment): boolean =>
	datetime.holds(window, at, moment, noSibling);
