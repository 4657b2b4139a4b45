import { compared, windowEnds, type Drift, type Watched } from '../../drift';
import { sql } from '$lib/sql';
import type { EventCondition } from './event';
import { typeSql, type EventFilter } from './matching';
import { fromSql, propertySql } from './property';
import { sent } from './sends';

export const driftEvent = ({ types, where, window, lastSends }: EventCondition): Drift => ({
	watched: [
		happened(types, windowEnds(window)),
		...filtered(types, where),
		...(lastSends ? [happened([sent], windowEnds(undefined))] : [])
	]
});

/** When these events happened. */
export const happened = (types: readonly string[], ends: Watched['ends']): Watched => ({
	from: sql` from event`,
	where: typeSql(types),
	cno: sql`event.cno`,
	at: sql`event.at`,
	ends
});

/** What filters on these events ask of time. */
export const filtered = (
	types: readonly string[],
	where: readonly EventFilter[] = []
): readonly Watched[] =>
	where.flatMap((filter) => {
		const from = fromSql([{ types, property: filter.property }]);
		const rows = { from, where: typeSql(types), cno: sql`event.cno` };
		return compared(rows, filter, propertySql(types, filter));
	});
