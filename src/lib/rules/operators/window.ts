import * as z from 'zod/mini';
import { type Sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { datetime } from './datetime';
import { DatetimeTest } from './time';

const notAWindow: ReadonlySet<string> = new Set([
	'hasValue',
	'hasNoValue',
	'notOn',
	'notBetween',
	'notInLast'
]);

/** When something happened: any time operator that is not negative. */
export const Window = DatetimeTest.check(
	z.refine((test) => !notAWindow.has(test.operator), { error: 'Choose a time.' }),
	z.refine((test) => !('value' in test && typeof test.value === 'object'), {
		error: 'Choose a date.'
	})
);
export type Window = z.infer<typeof Window>;

const noSibling = (): never => {
	throw new Error('a window is not compared with a field');
};

export const windowSql = (window: Window, at: Sql, moment: Moment): Sql =>
	datetime.sql(window, at, moment, noSibling);

export const windowHolds = (window: Window, at: number, moment: Moment): boolean =>
	datetime.holds(window, at, moment, noSibling);
