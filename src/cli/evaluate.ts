import type { Queryable } from '$lib/db/db';
import { compileRule } from '$lib/rules/compile';
import { sql } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import type { ReadSegment, SegmentIssue } from './workspace';

/** A segment's members by uid, sorted by code point; or why there are none to tell. */
export type Evaluated = { readonly id: string; readonly name: string } & (
	| { readonly count: number; readonly members: readonly string[] }
	| { readonly issues: readonly SegmentIssue[] }
);

/** Several segments, in the order given: each session takes the next one that no other has taken. */
export async function evaluateSegments(
	sessions: readonly Queryable[],
	segments: readonly ReadSegment[],
	moment: Moment
): Promise<Evaluated[]> {
	const answers: Evaluated[] = [];
	const left = segments.entries();
	const takeTurns = async (session: Queryable) => {
		for (const [i, segment] of left) answers[i] = await evaluateSegment(session, segment, moment);
	};
	await Promise.all(sessions.map(takeTurns));
	return answers;
}

async function evaluateSegment(
	db: Queryable,
	{ id, name, rule, issues }: ReadSegment,
	moment: Moment
): Promise<Evaluated> {
	if (!rule || issues.length > 0) return { id, name, issues };
	// One text: a row object for each of a hundred thousand takes longer than finding them.
	const [row] = await db.rows<{ count: number; uids: string | null }>(sql`
		select count(*)::int as count, json_agg(uid order by uid collate "C")::text as uids
		from contact where cno in (${compileRule(rule, moment)})`);
	return { id, name, count: row!.count, members: JSON.parse(row!.uids ?? '[]') as string[] };
}
