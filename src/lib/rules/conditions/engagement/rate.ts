import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { compareHolds, compareSql } from '../../operators/compare';
import { noSibling } from '../../operators/comparison';
import type { Comparison } from '../../operators/families';
import { reckoned } from '../counted';
import { isOne, type EventFilter, type Events } from '../event/matching';
import type { PersonEvent } from '../event/property';
import { belongs, sendsOf, sendsSql } from '../event/sends';
import type { MemberSet } from '../kind';
import type { RateCondition } from './engagement';

/** What does not say that it was by a machine was by a person. */
const byPerson: EventFilter = {
	property: 'machine',
	of: 'boolean',
	test: { operator: 'isNotTrue' }
};

const askedOf = ({ measure, excludeMachines }: RateCondition): Events => ({
	types: [measure === 'openRate' ? 'email_opened' : 'email_clicked'],
	...(excludeMachines ? { where: [byPerson] } : {})
});
const testOf = ({ test }: RateCondition): Comparison => ({ of: 'number', test });

/**
 * Contacts by how many of the last emails sent to them they opened, in percent. An event belongs to the last email of
 * its campaign sent by then, so an email was opened if in its campaign the next that happened after it is an open.
 */
export function compileRate(condition: RateCondition, moment: Moment): MemberSet {
	const test = testOf(condition);
	const sends = sendsSql(condition.sends, askedOf(condition), moment);
	const rows = sql`select cno from (select cno, is_sent, campaign is not null and coalesce(lead(is_asked) over (partition by cno, campaign order by at, is_sent desc, no), false) as answered from (${sends}) as row) as send where is_sent`;
	const rate = sql`(count(*) filter (where answered) * 100::float8 / count(*))`;
	return reckoned(
		rows,
		compareSql(test, rate, moment, noSibling),
		compareHolds(test, undefined, moment, noSibling)
	);
}

export const rateHolds = (
	condition: RateCondition,
	events: readonly PersonEvent[],
	moment: Moment
): boolean => compareHolds(testOf(condition), rateOf(condition, events, moment), moment, noSibling);

/** In percent; nothing for somebody to whom no email was sent. */
export function rateOf(
	condition: RateCondition,
	events: readonly PersonEvent[],
	moment: Moment
): number | undefined {
	const all = sendsOf(events, moment);
	const asked = askedOf(condition);
	const answered = new Set(
		events
			.filter((event) => isOne(asked, event, moment) && event.at <= moment.now)
			.map((event) => all.findLast((send) => belongs(event, send)))
	);
	const last = all.slice(-condition.sends);
	return last.length === 0
		? undefined
		: (last.filter((send) => answered.has(send)).length * 100) / last.length;
}
