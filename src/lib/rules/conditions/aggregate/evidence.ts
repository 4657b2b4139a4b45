import type { Evident } from '../../why/evidence';
import { differentIn, valuesOf } from './aggregate';
import type { AggregateCondition } from './condition';
import { reckon } from './reckon';

export const aggregateEvidence: Evident<AggregateCondition> = (condition, { events }, moment) => {
	const { types, property } = condition;
	const values = valuesOf(condition, events, moment);
	const amount =
		condition.function === 'distinct' ? differentIn(values) : reckon(condition.function, values);
	return { type: 'amount', types, property, amount, count: values.length };
};
