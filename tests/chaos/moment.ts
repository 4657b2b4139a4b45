import type { Random } from '../../src/lib/sample/random';
import { countOnly, type Tap } from './tap';

/** When a browser is killed. */
export type Moment =
	/** At a write of its database's files, which is not begun, or cut after so many pages of 4 KB. */
	| { readonly type: 'write'; readonly at: number; readonly pages: number | null }
	/** So many milliseconds after its work began, wherever that is by then. */
	| { readonly type: 'time'; readonly ms: number };

/** How long some work takes when nobody disturbs it: in file operations, and in milliseconds. */
export interface Span {
	readonly writes: number;
	readonly ms: number;
}

/** A moment within a span of work, or just after it; three of four by counting writes. */
export function momentWithin(random: Random, { writes, ms }: Span): Moment {
	if (random.chance(0.25)) return { type: 'time', ms: Math.round(random.next() * ms * 1.05) };
	const at = random.whole(1, Math.max(1, Math.round(writes * 1.05)));
	return { type: 'write', at, pages: random.chance(0.3) ? random.whole(1, 3) : null };
}

export const tapOf = (moment: Moment, from: Tap['from']): Tap =>
	moment.type === 'write' ? { from, at: moment.at, pages: moment.pages } : countOnly(from);

/** `came` is whether it did before the work was over. */
export function sayMoment(moment: Moment, { writes, ms }: Span, came: boolean): string {
	const over = came ? '' : ', after the end';
	if (moment.type === 'time') return `after ${moment.ms} of about ${Math.round(ms)} ms${over}`;
	const cut = moment.pages === null ? '' : `, cut after ${moment.pages * 4} KB,`;
	return `at file write ${moment.at}${cut} of about ${writes}${over}`;
}
