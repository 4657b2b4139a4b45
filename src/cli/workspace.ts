import { draftOf } from '$lib/portable/rule';
import {
	definitionsOf,
	workspaceIn,
	type PortableSegment,
	type PortableWorkspace
} from '$lib/portable/workspace';
import type { Definitions } from '$lib/rules/definitions';
import { describeRepairs } from '$lib/rules/describe-repair';
import { english } from '$lib/rules/english';
import type { Language } from '$lib/rules/language';
import { readRule } from '$lib/rules/parse';
import { repairsOf } from '$lib/rules/repairs';
import type { DraftRule, Rule } from '$lib/rules/rule';
import { BadSource, type Source } from '$lib/portable/source';

export interface Workspace extends PortableWorkspace {
	readonly definitions: Definitions;
}

/** The workspace of a source. Throws `BadSource` with what is wrong with it. */
export function readWorkspace(source: Source): Workspace {
	const workspace = workspaceIn(source);
	return { ...workspace, definitions: definitionsOf(workspace) };
}

/** The segments somebody asked for by name or id; if nobody did, all that are saved and not archived. */
export function chosen(workspace: Workspace, asked: readonly string[]): PortableSegment[] {
	if (asked.length === 0)
		return workspace.segments.filter(
			({ archived, draft, campaign }) => !archived && draft !== true && campaign === undefined
		);
	return asked.map((wanted) => {
		const byId = workspace.segments.find(({ id }) => id === wanted);
		const byName = workspace.segments.filter(({ name }) => name === wanted);
		if (!byId && byName.length > 1)
			throw new BadSource(`${byName.length} segments are called "${wanted}": say which by its id.`);
		const found = byId ?? byName[0];
		if (!found) throw new BadSource(`There is no segment "${wanted}".`);
		return found;
	});
}

/** What keeps a segment from being evaluated: the node it is about, what is wrong and what to do. */
export interface SegmentIssue {
	readonly node: string;
	readonly code: string;
	readonly message: string;
	/** What can be done about it with one gesture, as a sentence. */
	readonly repair?: string;
}

export interface ReadSegment {
	readonly id: string;
	readonly name: string;
	readonly draft: DraftRule;
	readonly rule: Rule | undefined;
	/** Those that block it. */
	readonly issues: readonly SegmentIssue[];
}

export function readSegment(
	{ id, name, rule }: PortableSegment,
	{ definitions }: Workspace,
	language: Language = english
): ReadSegment {
	const draft = draftOf(rule);
	const read = readRule(draft, definitions, id);
	const issues = read.issues
		.filter(({ muted }) => !muted)
		.map((issue) => {
			const repair = describeRepairs(repairsOf(issue, draft, definitions), draft, definitions);
			return {
				node: issue.node,
				code: issue.type,
				message: language.issue(issue, definitions),
				...(repair === '' ? {} : { repair })
			};
		});
	return { id, name, draft, rule: read.rule, issues };
}
