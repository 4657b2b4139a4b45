import { sql } from '$lib/sql';
import { compared, windowEnds, type Drift } from '../../drift';
import { filtered, happened } from '../event/drift';
import { typeSql } from '../event/matching';
import { fromSql, propertySql } from '../event/property';
import { testOf, type AggregateCondition } from './condition';

/** The earliest and latest of dates is one of them, so that each of them is watched. */
export function driftAggregate(condition: AggregateCondition): Drift {
	const { types, property, where, window } = condition;
	const rows = {
		from: fromSql([{ types, property }]),
		where: typeSql(types),
		cno: sql`event.cno`
	};
	return {
		watched: [
			happened(types, windowEnds(window)),
			...filtered(types, where),
			...(condition.function === 'distinct'
				? []
				: compared(rows, testOf(condition), propertySql(types, condition)))
		]
	};
}
