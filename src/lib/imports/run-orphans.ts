import type { Enrolment } from './enrolment';
import type { Job } from './jobs';
import type { ImportDefinitions } from './mapping';
import { namesIn, newNames } from './orphans';
import { breath, type Part, type Prepared } from './run-prepare';

interface Late {
	readonly definitions: ImportDefinitions;
	/** What all contacts get is referred to, whatever the rows say. */
	readonly enrolment: Pick<Enrolment, 'tags' | 'lists'>;
	/** Rows that were rejected only when they met the contacts, by place in their part. */
	readonly late: ReadonlyMap<Part, ReadonlySet<number>>;
	/** What those rows name. */
	readonly named: ReadonlySet<string>;
}

/**
 * What is new and only such rows name. There are few files with any; then all their rows are read again. `undefined` when
 * the job was cancelled.
 */
export async function orphansOf(
	{ parts, discovery }: Prepared,
	{ definitions, enrolment: { tags, lists }, late, named }: Late,
	job: Job
): Promise<ReadonlySet<string> | undefined> {
	const orphans = new Set(
		[...newNames(discovery.found, definitions)].filter((name) => named.has(name))
	);
	for (const name of namesIn({ line: 0, values: {}, tags, lists })) orphans.delete(name);
	for (const part of parts) {
		if (orphans.size === 0) break;
		const gone = late.get(part);
		for (const [index, draft] of (await part.drafts()).entries())
			if (!gone?.has(index)) for (const name of namesIn(draft)) orphans.delete(name);
		await breath();
		if (job.cancelled) return;
	}
	return orphans;
}
