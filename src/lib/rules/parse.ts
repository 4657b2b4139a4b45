import { err, ok, type Result } from '$lib/result';
import { isStorable } from '$lib/text-key';
import { kindOf, kindsByName, unknownIn, type Condition } from './conditions/registry';
import { isKnown, type Definitions, type Reference } from './definitions';
import {
	Match,
	type DraftCondition,
	type DraftGroup,
	type DraftRule,
	type NodeId,
	type Rule
} from './rule';

/** What keeps a draft from being evaluated, and the node to point at. */
export type RuleIssue = {
	readonly node: NodeId;
	/** Inside a muted node: shown, but in nobody's way. */
	readonly muted: boolean;
} & (
	| { readonly type: 'EmptyGroup' }
	| { readonly type: 'NothingLeft' }
	| { readonly type: 'TooDeep' }
	| { readonly type: 'UnknownMatch'; readonly match: string }
	| { readonly type: 'UnknownKind'; readonly kind: string }
	| { readonly type: 'UnknownPart'; readonly parts: readonly string[] }
	| { readonly type: 'InvalidCondition'; readonly problems: readonly string[] }
	| { readonly type: 'DeletedReference'; readonly reference: Reference }
	| { readonly type: 'NeverSaved'; readonly segment: string }
	| { readonly type: 'BrokenSegment'; readonly segment: string }
	| { readonly type: 'Cycle'; readonly path: readonly string[] }
);

const maxDepth = 8;

/** All that a group or a condition has beside what it asks. */
const nodeParts: ReadonlySet<string> = new Set<keyof DraftGroup | keyof DraftCondition>([
	...(['type', 'id', 'match', 'children', 'condition', 'muted', 'note'] as const)
]);

/**
 * A draft as a rule, or every issue that blocks it; never a rule with its broken parts left out, since that would widen
 * an audience. `self` is the segment the draft belongs to, so that a rule which comes back to itself is found.
 */
export function parseRule(
	draft: DraftRule,
	definitions: Definitions,
	self?: string
): Result<Rule, readonly RuleIssue[]> {
	const { rule, issues } = readRule(draft, definitions, self);
	return rule ? ok(rule) : err(issues.filter((issue) => !issue.muted));
}

/** The same with all issues, those inside muted nodes included; `rule` is there if none of the others is. */
export function readRule(
	draft: DraftRule,
	definitions: Definitions,
	self?: string
): { readonly rule: Rule | undefined; readonly issues: readonly RuleIssue[] } {
	const reading = new Reading(definitions);
	return reading.segment(draft, self === undefined ? [] : [self]);
}

class Reading {
	readonly #definitions: Definitions;
	/** Saved rules already read: a diamond of references is read once. */
	readonly #saved = new Map<string, Rule | undefined>();

	constructor(definitions: Definitions) {
		this.#definitions = definitions;
	}

	/** `trail` is the chain of segments that led here. */
	segment(draft: DraftRule, trail: readonly string[]) {
		const issues: RuleIssue[] = [];
		const rule = this.#node(draft, 0, false, trail, issues);
		const blocked = issues.some((issue) => !issue.muted);
		if (!rule && !blocked) issues.push({ type: 'NothingLeft', node: draft.id, muted: false });
		return { rule: blocked ? undefined : rule, issues };
	}

	/** Nothing for a node that is muted, empty or broken; what is broken has left its issue. */
	#node(
		draft: DraftRule,
		depth: number,
		muted: boolean,
		trail: readonly string[],
		issues: RuleIssue[]
	): Rule | undefined {
		const off = muted || draft.muted === true;
		const own: RuleIssue[] = [];
		const parts = Object.entries(draft).flatMap(([key, part]: [string, unknown]) =>
			part === undefined || nodeParts.has(key) ? [] : [key]
		);
		if (parts.length > 0) own.push({ type: 'UnknownPart', node: draft.id, muted: off, parts });
		const rule =
			draft.type === 'group'
				? this.#group(draft, depth, off, trail, own)
				: this.#condition(draft, off, trail, own);
		issues.push(...own);
		return off ? undefined : rule;
	}

	#group(
		draft: DraftGroup,
		depth: number,
		muted: boolean,
		trail: readonly string[],
		issues: RuleIssue[]
	): Rule | undefined {
		const node = draft.id;
		if (draft.children.length === 0) issues.push({ type: 'EmptyGroup', node, muted });
		if (depth > maxDepth) {
			issues.push({ type: 'TooDeep', node, muted });
			return;
		}
		const match = Match.safeParse(draft.match);
		if (!match.success) issues.push({ type: 'UnknownMatch', node, muted, match: draft.match });

		const [first, ...rest] = draft.children.flatMap(
			(child) => this.#node(child, depth + 1, muted, trail, issues) ?? []
		);
		if (!match.success || !first) return;
		return { type: 'group', id: node, match: match.data, children: [first, ...rest] };
	}

	#condition(
		draft: DraftCondition,
		muted: boolean,
		trail: readonly string[],
		issues: RuleIssue[]
	): Rule | undefined {
		const node = draft.id;
		const known = kindsByName.get(draft.condition.kind);
		if (!known) {
			issues.push({ type: 'UnknownKind', node, muted, kind: draft.condition.kind });
			return;
		}
		const parsed = known.schema.safeParse(draft.condition);
		if (!parsed.success) {
			const problems = problemsOf(parsed.error.issues);
			issues.push({ type: 'InvalidCondition', node, muted, problems });
			return;
		}

		const condition: Condition = parsed.data;
		const parts = unknownIn(draft.condition, condition);
		if (parts.length > 0) {
			issues.push({ type: 'UnknownPart', node, muted, parts });
			return;
		}
		if (!textsIn(condition).every(isStorable)) {
			issues.push({ type: 'InvalidCondition', node, muted, problems: [oddCharacter] });
			return;
		}
		const kind = kindOf(condition);
		const deleted = kind
			.references(condition)
			.filter((reference) => !isKnown(reference, this.#definitions));
		for (const reference of deleted)
			issues.push({ type: 'DeletedReference', node, muted, reference });
		const problems = kind.problems(condition, this.#definitions);
		if (problems.length > 0) issues.push({ type: 'InvalidCondition', node, muted, problems });
		if (deleted.length > 0 || problems.length > 0) return;

		if (!('lower' in kind)) return { type: 'condition', id: node, condition };
		const issue: { found?: RuleIssue } = {};
		const lowered = kind.lower(condition, (id) => {
			const rule = this.#savedRule(id, node, muted, trail, issue);
			return rule ?? { type: 'condition', id: node, condition };
		});
		if (issue.found) {
			issues.push(issue.found);
			return;
		}
		return { type: 'condition', id: node, condition, lowered };
	}

	#savedRule(
		id: string,
		node: NodeId,
		muted: boolean,
		trail: readonly string[],
		issue: { found?: RuleIssue }
	): Rule | undefined {
		if (trail.includes(id)) {
			issue.found = { type: 'Cycle', node, muted, path: [...trail.slice(trail.indexOf(id)), id] };
			return;
		}
		const draft = this.#definitions.segments.get(id)?.rule;
		if (!draft) {
			issue.found = { type: 'NeverSaved', node, muted, segment: id };
			return;
		}
		if (!this.#saved.has(id)) {
			const { rule, issues } = this.segment(draft, [...trail, id]);
			const cycle = issues.find((inner) => inner.type === 'Cycle' && !inner.muted);
			if (cycle) {
				// Which segments a loop is reached by differs from road to road: it is not remembered.
				issue.found = { ...cycle, node, muted };
				return;
			}
			this.#saved.set(id, rule);
		}
		const rule = this.#saved.get(id);
		if (!rule) issue.found = { type: 'BrokenSegment', node, muted, segment: id };
		return rule;
	}
}

const oddCharacter = 'There is a character in it that no text can have. Type it again.';

function textsIn(value: unknown): readonly string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Our own messages are sentences; what a schema says by itself is not for people, and only stands for it alone. */
function problemsOf(issues: readonly { readonly message: string }[]): readonly string[] {
	const said = issues
		.map(({ message }) => message)
		.filter((message) => /^[A-Z].*\.$/.test(message));
	return said.length > 0 ? [...new Set(said)] : ['Something is still missing here.'];
}
