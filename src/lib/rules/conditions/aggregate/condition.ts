import * as z from 'zod/mini';
import { CountTest } from '../../operators/count';
import { families, type Comparison } from '../../operators/families';
import { Window } from '../../operators/window';
import { EventTypeIds, Where } from '../event/matching';

const asked = {
	kind: z.literal('aggregate'),
	types: EventTypeIds,
	/** What is summed, compared or counted; `of` is its family. */
	property: z
		.string({ error: 'Choose a property.' })
		.check(z.minLength(1, { error: 'Choose a property.' })),
	window: z.optional(Window),
	where: z.optional(Where)
};
const extreme = { ...asked, function: z.enum(['min', 'max']) };
const Counted = z.enum(['text', 'number', 'boolean', 'date', 'datetime', 'select', 'multiselect']);

export const AggregateCondition = z.discriminatedUnion('function', [
	z.object({
		...asked,
		function: z.enum(['sum', 'average']),
		of: z.literal('number'),
		test: families.number.schema
	}),
	z.discriminatedUnion('of', [
		z.object({ ...extreme, of: z.literal('number'), test: families.number.schema }),
		z.object({ ...extreme, of: z.literal('date'), test: families.date.schema }),
		z.object({ ...extreme, of: z.literal('datetime'), test: families.datetime.schema })
	]),
	z.object({ ...asked, function: z.literal('distinct'), of: Counted, test: CountTest })
]);
export type AggregateCondition = z.infer<typeof AggregateCondition>;

/** What is asked of the value, where that is not a count. */
export const testOf = ({ of, test }: Exclude<AggregateCondition, { function: 'distinct' }>) =>
	({ of, test }) as Comparison; // the two belong together, which a union loses
