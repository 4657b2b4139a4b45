import * as z from 'zod/mini';
import { portableSchemas, type Part, type Portables } from './parts';

/** A workspace from a file. What it holds is not looked at before it is asked for. */
export interface Source {
	/** Of the file, for messages. */
	readonly name: string;
	readonly workspace: unknown;
	/** ISO 8601: when it was written. */
	readonly made: string | undefined;
	/** How much of all parts there is, if the file says so at its beginning. */
	readonly total: number | undefined;
	/** The part as it stands; none if the file has no such part. */
	each(part: Part): AsyncIterable<Found>;
}

/** One of a part, and where it stands. */
export interface Found {
	readonly at: string;
	readonly value: unknown;
}

/** Something about the file that its owner must mend. */
export class BadSource extends Error {}

/** Newest form there is. */
export const version = 1;

/** Reads a JSON object. `at` is where it stands. */
export function parse(text: string, at: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === 'object' && value !== null && !Array.isArray(value))
			return value as Record<string, unknown>;
	} catch (error) {
		throw new BadSource(`${at}: this is not JSON. ${(error as Error).message}`);
	}
	throw new BadSource(`${at}: this is not a JSON object.`);
}

/** Refuses what is no file of ours, or one from a newer version. */
export function checkFormat(file: Readonly<Record<string, unknown>>, at: string): void {
	if (file.format !== 'winnow')
		throw new BadSource(`${at}: this is no workspace of Winnow: "format" is not "winnow".`);
	if (file.version === undefined)
		throw new BadSource(`${at}: "version" is missing: write ${version}.`);
	if (typeof file.version !== 'number' || file.version > version)
		throw new BadSource(
			`${at}: this workspace is of version ${String(file.version)}, made by a newer Winnow. This one reads version ${version}.`
		);
}

export const madeIn = ({ made }: Readonly<Record<string, unknown>>): string | undefined => {
	const instant = z.iso.datetime({ offset: true }).safeParse(made);
	return instant.success ? instant.data : undefined;
};

/** Contacts and the like that are read at a time. */
const batch = 5_000;

/** A part of the file in batches, each value checked by its schema. Throws `BadSource` at the first that is wrong. */
export async function* readPart<P extends Part>(
	source: Source,
	part: P,
	check: (value: Portables[P], at: string) => boolean = () => true
): AsyncGenerator<Portables[P][]> {
	const schema = portableSchemas[part];
	let values: Portables[P][] = [];
	for await (const { at, value } of source.each(part)) {
		const read = schema.safeParse(value);
		if (!read.success) throw new BadSource(`${at}: ${issueOf(read.error)}`);
		if (check(read.data, at)) values.push(read.data);
		if (values.length < batch) continue;
		yield values;
		values = [];
	}
	if (values.length > 0) yield values;
}

/** What is wrong first: where in the value, and what is expected there. */
export function issueOf({ issues: [issue] }: z.core.$ZodError): string {
	return issue ? describe(issue, issue.path.join('.') || 'this') : '';
}

function describe(issue: z.core.$ZodIssue, where: string): string {
	switch (issue.code) {
		case 'invalid_type':
			return `${where}: ${issue.expected} is expected here.`;
		case 'invalid_value':
			return `${where}: one of ${issue.values.map(String).join(', ')} is expected here.`;
		case 'invalid_format':
			return `${where}: this is no ${issue.format}.`;
		case 'too_small':
			return `${where}: this is shorter or smaller than ${issue.minimum}.`;
		case 'too_big':
			return `${where}: this is longer or larger than ${issue.maximum}.`;
		case 'invalid_union': {
			const issues = issue.errors.flatMap(([first]) => first ?? []);
			// What is wrong within one of the forms tells more than that it is none of the others.
			const within = issues.find(({ path }) => path.length > 0);
			const near = within ?? issues.find(({ code }) => code === 'custom');
			if (near) return describe(near, [where, ...near.path].join('.'));
			return `${where}: ${issues.map(expectedBy).join(' or ')} is expected here.`;
		}
		default:
			return `${where}: ${issue.message}.`;
	}
}

function expectedBy(issue: z.core.$ZodIssue): string {
	if (issue.code === 'invalid_type') return issue.expected;
	return issue.code === 'invalid_value' ? issue.values.map(String).join(' or ') : 'something else';
}
