import { sql } from '$lib/sql';
import { windowEnds, type Drift } from '../../drift';
import type { MembershipCondition } from './membership';

export const driftMembership = ({ segment, move, window }: MembershipCondition): Drift => ({
	watched: [
		{
			from: sql` from segment_move`,
			where: sql`segment = ${segment} and entered = ${move === 'entered'}`,
			cno: sql`cno`,
			at: sql`at`,
			ends: windowEnds(window)
		}
	]
});
