import type { Queryable } from '$lib/db/db';
import type { Scan } from '$lib/rules/mirror/scan';
import { sql, type Sql } from '$lib/sql';
import { isInExcerpts, readExcerpt } from './excerpt';
import { contactsOf } from './read-sets';

/** A set, and the contacts of which it is asked whether they are in it. */
export interface Question {
	readonly select: Sql;
	/** How a mirror answers it. */
	readonly scan: Scan | undefined;
	readonly cnos: readonly number[];
}

/**
 * Those of each question's contacts who are in its set. What a mirror can answer is asked of one of these contacts alone,
 * read for all questions at once: planning a statement for each takes longer. The rest is asked of the database together.
 */
export async function changedMembers(
	database: Queryable,
	questions: readonly Question[]
): Promise<readonly ReadonlySet<number>[]> {
	const found = await scanned(database, questions);
	const rest = questions.filter((question) => !found.has(question));
	const asked = await contactsOf(
		database,
		rest.map(
			({ select, cnos }) =>
				sql`select cno from (${select}) as member where cno = any(${cnos}::int[])`
		)
	);
	for (const [i, question] of rest.entries()) found.set(question, new Set(asked[i]));
	return questions.map((question) => found.get(question)!);
}

async function scanned(
	database: Queryable,
	questions: readonly Question[]
): Promise<Map<Question, ReadonlySet<number>>> {
	const found = new Map<Question, ReadonlySet<number>>();
	const scans = questions.flatMap((question) => {
		const { scan } = question;
		return scan?.parts.every(isInExcerpts) ? [{ question, scan }] : [];
	});
	if (scans.length === 0) return found;
	const cnos = [...new Set(scans.flatMap(({ question }) => question.cnos))];
	const parts = scans.flatMap(({ scan }) => scan.parts).filter(isInExcerpts);
	const excerpt = await readExcerpt(database, parts, cnos);
	if (!excerpt) return found;
	const places = new Map(cnos.map((cno, place) => [cno, place]));
	for (const { question, scan } of scans) {
		const set = scan.run(excerpt);
		if (set) found.set(question, new Set(question.cnos.filter((cno) => set.has(places.get(cno)!))));
	}
	return found;
}
