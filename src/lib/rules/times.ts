import { kindOf, readCondition } from './conditions/registry';
import { rawTest, type RawTest } from './editing/parameter';
import type { DraftCondition } from './rule';

/** A test of when something is or was. */
export interface TimeTest {
	readonly family: 'date' | 'datetime';
	readonly test: RawTest;
}

/**
 * Every time a condition asks for, finished or not, in the order they stand in it. Whatever the kind, a window is called
 * `window`, and a comparison says what it is `of`; a kind that asks for a time otherwise says so itself.
 */
export function timesOf(condition: DraftCondition['condition']): readonly TimeTest[] {
	const read = readCondition(condition);
	return [...timesIn(condition), ...((read && kindOf(read).times?.(read)) ?? [])];
}

function timesIn(part: unknown): readonly TimeTest[] {
	if (typeof part !== 'object' || part === null) return [];
	if ('of' in part && 'test' in part && (part.of === 'date' || part.of === 'datetime'))
		return [{ family: part.of, test: rawTest(part.test) }];
	return Object.entries(part).flatMap(([key, inner]) =>
		key === 'window' ? [{ family: 'datetime' as const, test: rawTest(inner) }] : timesIn(inner)
	);
}
