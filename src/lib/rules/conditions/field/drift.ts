import { sql } from '$lib/sql';
import { compared, type Drift, type Rows } from '../../drift';
import { fieldSql } from '../../stored';
import type { FieldCondition } from './field';

export const driftField = (condition: FieldCondition): Drift => ({
	watched: compared(contacts, condition, fieldSql(condition.field, condition.of, condition.path))
});

export const contacts: Rows = {
	from: sql` from contact`,
	where: sql`true`,
	cno: sql`contact.cno`
};
