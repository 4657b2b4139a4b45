import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { compared, windowEnds, type Drift, type Rows, type Watched } from '../../drift';
import type { Comparison } from '../../operators/families';
import { comparableSql, fieldSql } from '../../stored';
import { contacts } from '../field/drift';
import type { ChangedCondition } from './changed';
import { sinceOf } from './log';

export function driftChanged(condition: ChangedCondition): Drift {
	const { field } = condition;
	const log: Rows = { from: sql` from field_change`, where: sql`field = ${field}`, cno: sql`cno` };
	const logged = (ends: Watched['ends']): Watched => ({ ...log, at: sql`at`, ends });
	const before = (value: Comparison) => compared(log, value, comparableSql(sql`before`, value.of));
	const after = (value: Comparison) => compared(log, value, comparableSql(sql`after`, value.of));
	const present = (value: Comparison) => compared(contacts, value, fieldSql(field, value.of));

	switch (condition.what) {
		case 'changed': {
			const { from, to, window } = condition;
			return {
				watched: [
					logged(windowEnds(window)),
					...(from ? before(from) : []),
					...(to ? after(to) : [])
				]
			};
		}
		case 'was': {
			const { value } = condition;
			const then = [...before(value), ...after(value)];
			return { watched: [logged(windowEnds(undefined)), ...then, ...present(value)] };
		}
		case 'hasBeen': {
			const { value } = condition;
			const since = (moment: Moment) => [sinceOf(condition, moment) + 1];
			return {
				watched: [
					logged(windowEnds(undefined)),
					logged(since),
					{ ...contacts, at: sql`contact.created_at`, ends: since },
					...before(value),
					...present(value)
				]
			};
		}
	}
}
