import { unreachable } from '$lib/result';
import { whoInAll, whoInAny, whoInSome } from '../../mirror/groups';
import { everyOf } from '../../mirror/runs';
import type { Scan } from '../../mirror/scan';
import { scanCounted } from '../scan-counted';
import type { TagCondition } from './tag';

const part = { type: 'groups', table: 'contact_tag' } as const;

/** Tags, answered from who has them; where the condition is a negation, the set is of the others. */
export const scanTag = ({ test }: TagCondition): Scan => ({
	parts: [part],
	way: test.operator === 'count' ? 'count' : 'any',
	run(mirror) {
		const { size } = mirror;
		const tags = mirror.groups(part);
		switch (test.operator) {
			case 'anyOf':
			case 'noneOf':
				return whoInAny(tags, test.tags, size);
			case 'allOf':
				return whoInAll(tags, test.tags, size);
			case 'hasAny':
			case 'hasNone':
				return whoInSome(tags, size);
			case 'count':
				return scanCounted(test.count, mirror, [everyOf(tags.cnos)]);
			default:
				return unreachable(test);
		}
	}
});
