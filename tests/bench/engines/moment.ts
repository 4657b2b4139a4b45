import type { Moment } from '../../../src/lib/time/moment';

/** When all engines are asked: the same in every run, so that every count is too. */
export const moment: Moment = {
	now: Date.parse('2026-01-01T00:00:00.000Z'),
	zone: 'UTC',
	weekStart: 1
};

/** Instants as the tables of the others have them: in seconds. */
export const secondsAgo = (days: number): number => moment.now / 1000 - days * 24 * 60 * 60;
