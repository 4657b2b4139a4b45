import { familyOf, isStandard, standardFields } from '$lib/fields/field';
import type { Moment } from '$lib/time/moment';
import { predicateOf } from '../../mirror/predicate';
import type { Scan } from '../../mirror/scan';
import { whoPasses } from '../../mirror/who-passes';
import type { FieldCondition } from './field';

/** A field condition, answered from the field's column. Parts of JSON are asked of the database. */
export function scanField(condition: FieldCondition, moment: Moment): Scan | undefined {
	const { field, of: family, path } = condition;
	const predicate =
		path === undefined && family !== 'json' ? predicateOf(condition, moment) : undefined;
	// A standard column is of one type; what is asked of it as another is the database's to say.
	const isOwn = !isStandard(field) || familyOf(standardTypes.get(field)!) === family;
	if (!predicate || !isOwn) return;

	const part = { type: 'field', field, family } as const;
	return {
		parts: [part],
		way: 'pick',
		run: (mirror) => whoPasses(mirror.field(part), predicate, mirror.size)
	};
}

const standardTypes = new Map(standardFields.map(({ id, type }) => [id, type]));
