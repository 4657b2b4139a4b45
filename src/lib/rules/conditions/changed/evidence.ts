import { mostTold, type Evident } from '../../why/evidence';
import type { ChangedCondition } from './changed';

export const changedEvidence: Evident<ChangedCondition> = (
	{ field },
	{ fields, changes },
	{ now }
) => ({
	type: 'changes',
	field,
	value: fields[field],
	changes: changes
		.filter((change) => change.field === field && change.at <= now)
		.sort((a, b) => b.at - a.at)
		.slice(0, mostTold)
});
