import { sql } from '$lib/sql';
import { still, windowEnds, type Drift } from '../../drift';
import type { ListCondition } from './list';

export const driftList = ({ test }: ListCondition): Drift =>
	test.operator === 'joined'
		? {
				watched: [
					{
						from: sql` from list_member`,
						where: sql`list = any(${test.lists}::text[])`,
						cno: sql`cno`,
						at: sql`at`,
						ends: windowEnds(test.window)
					}
				]
			}
		: still;
