import { sql } from '$lib/sql';
import { windowEnds, type Drift } from '../../drift';
import { driftEvent } from '../event/drift';
import { eventsOf, type SuppressedCondition } from './suppressed';

export const driftSuppressed = ({ reasons }: SuppressedCondition): Drift => ({
	watched: [
		{
			from: sql` from suppression join contact on contact.email_key = suppression.address`,
			where: sql`channel = 'email' and reason = any(${reasons}::text[])`,
			cno: sql`contact.cno`,
			at: sql`suppression.at`,
			ends: windowEnds(undefined)
		},
		...eventsOf(reasons).flatMap((condition) => driftEvent(condition).watched)
	]
});
