import { unreachable } from '$lib/result';
import type { GroupsColumn } from '../../mirror/columns';
import { whoInAll, whoInAny, whoInSome } from '../../mirror/groups';
import type { Scan } from '../../mirror/scan';
import type { ListCondition } from './list';

const part = { type: 'groups', table: 'list_member' } as const;

/**
 * Lists, answered from who is in them; where the condition is a negation, the set is of the others. When somebody joined is
 * the database's to say.
 */
export function scanList({ test }: ListCondition): Scan | undefined {
	if (test.operator === 'joined') return;
	return {
		parts: [part],
		way: 'any',
		run: (mirror) => whoIn(mirror.groups(part), test, mirror.size)
	};
}

type Membership = Exclude<ListCondition['test'], { operator: 'joined' }>;

function whoIn(lists: GroupsColumn, test: Membership, size: number) {
	switch (test.operator) {
		case 'inAny':
		case 'inNone':
			return whoInAny(lists, test.lists, size);
		case 'inAll':
			return whoInAll(lists, test.lists, size);
		case 'inNoList':
			return whoInSome(lists, size);
		default:
			return unreachable(test);
	}
}
