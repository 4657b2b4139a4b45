import * as z from 'zod/mini';
import { sql } from '$lib/sql';
import { defineKind, type Compiled } from '../kind';

export const EveryoneCondition = z.object({ kind: z.literal('everyone') });
export type EveryoneCondition = z.infer<typeof EveryoneCondition>;

export const everyone = defineKind<EveryoneCondition, Compiled<EveryoneCondition>>({
	kind: 'everyone',
	definition: 'All contacts that are not archived.',
	sign: () => 'everyone',
	schema: EveryoneCondition,
	reads: ['contact'],
	references: () => [],
	problems: () => [],
	compile: () => ({
		select: sql`select cno from contact where archived_at is null`,
		negated: false
	}),
	holds: () => true,
	explain: () => ['everyone'],
	choices: () => [
		{
			label: 'Everyone',
			group: 'Everyone',
			aliases: ['all contacts', 'anybody'],
			condition: { kind: 'everyone' }
		}
	],
	opposite: () => undefined
});
