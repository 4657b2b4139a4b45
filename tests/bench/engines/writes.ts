import type { Database } from '../../../src/lib/db/db';
import { addEvents } from '../../../src/lib/events/queries';
import { group, leaf, type Rule } from '../../../src/lib/rules/rule';
import { did, didNot, inLast, isInList, isSubscribed, spentMoreThan } from './conditions';
import { moment } from './moment';

/** Fifty segments that each ask something of events, no two the same: any event affects them all. */
export const affected: readonly Rule[] = Array.from({ length: 50 }, (_, i) =>
	group('all', [
		leaf(i % 2 === 0 ? isSubscribed : isInList(`List ${(i % 10) + 1}`)),
		leaf(
			[
				did('cart_added', inLast(20 + i)),
				did('email_opened', inLast(20 + i), (i % 3) + 2),
				spentMoreThan(100 + i),
				didNot('email_clicked', inLast(30 + i)),
				did('order_placed', inLast(100 + i))
			][i % 5]!
		)
	])
);

/** A day ago, so many people put something into a cart. In one write, named by `id`. */
export const happen = (database: Database, id: string, people: number): Promise<void> =>
	database.write(id, (tx) =>
		addEvents(
			tx,
			Array.from({ length: people }, (_, i) => ({
				...{ id: `${id}-${i}`, cno: 50 + 7 * i, type: 'cart_added' },
				...{ at: new Date(moment.now - 24 * 60 * 60_000).toISOString(), value: 60 },
				...{ ref: null, ref_key: null, properties: null, keys: null }
			}))
		)
	);
