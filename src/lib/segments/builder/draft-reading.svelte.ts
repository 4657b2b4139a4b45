import { untrack } from 'svelte';
import type { App } from '$lib/app.svelte';
import { sameJson } from '$lib/json';
import type { RawCondition } from '$lib/rules/editing/editor';
import { explainRule } from '$lib/rules/explain';
import { readRule, type RuleIssue } from '$lib/rules/parse';
import { rootId, type DraftGroup, type Rule } from '$lib/rules/rule';
import { isBasic } from '$lib/segments/builder-of';
import type { Segment } from '$lib/workspace/segment';
import type { Counted } from './draft-counts.svelte';
import { withCondition } from './tree';

const nothing: DraftGroup = { type: 'group', id: rootId, match: 'all', children: [] };

/** A segment's draft as the builder sees it: with what is being typed in it, and as a rule where it is one. */
export class DraftReading {
	readonly app: App;
	readonly #id: () => string | undefined;
	#typed = $state.raw<{ readonly node: string; readonly condition: RawCondition }>();
	#before = $state.raw<Rule>();
	/** The draft as the last edit made here left it. */
	#left = $state.raw<DraftGroup>();

	constructor(app: App, id: () => string | undefined) {
		this.app = app;
		this.#id = id;
	}

	readonly #draft = $derived.by(() => {
		const stored = this.stored;
		return this.#typed ? withCondition(stored, this.#typed.node, this.#typed.condition) : stored;
	});
	readonly #read = $derived.by(() => readRule(this.#draft, this.app.definitions, this.id));
	readonly #rule = $derived.by(() =>
		(this.segment?.issues.length ?? 0) === 0 ? this.#read.rule : undefined
	);
	readonly #changedElsewhere = $derived.by(
		() => !this.#typed && this.#left !== undefined && !sameJson(this.#left, this.stored)
	);
	readonly #since = $derived.by(() =>
		this.#changedElsewhere && this.#left
			? readRule(this.#left, this.app.definitions, this.id).rule
			: this.#before
	);
	// Equal text is an equal rule, so that what was typed is not counted again when it is written.
	readonly #text = $derived.by(() => this.#rule && JSON.stringify([this.#rule, this.#since]));
	readonly #counted = $derived.by<Counted | undefined>(() => {
		if (this.#text === undefined) return;
		const [rule, before] = JSON.parse(this.#text) as [Rule, Rule | null]; // written a line above
		return { rule, before: before ?? undefined, draft: untrack(() => this.#draft) };
	});

	/** `undefined` until the first rule makes the segment. */
	get id(): string | undefined {
		return this.#id();
	}

	get segment(): Segment | undefined {
		const id = this.#id();
		return id === undefined ? undefined : this.app.workspace.segment(id);
	}

	get readOnly(): boolean {
		return this.app.workspace.readOnly !== undefined || this.segment?.state === 'deleted';
	}

	/** The draft as it is written. */
	get stored(): DraftGroup {
		return this.segment?.draft ?? nothing;
	}

	/** The draft with what is being typed. */
	get draft(): DraftGroup {
		return this.#draft;
	}

	/** The draft as a rule, if nothing is in its way. */
	get rule(): Rule | undefined {
		return this.#rule;
	}

	/** What to count: the same object for as long as that is the same. */
	get counted(): Counted | undefined {
		return this.#counted;
	}

	/** The draft was changed by somebody else since it was last edited here. */
	get changedElsewhere(): boolean {
		return this.#changedElsewhere;
	}

	get issues(): readonly RuleIssue[] {
		// Nobody needs to be told that a segment they have just begun is empty.
		return this.#draft.children.length === 0 ? [] : this.#read.issues;
	}

	issuesOf(node: string): readonly RuleIssue[] {
		return this.issues.filter((issue) => issue.node === node);
	}

	/** What keeps the draft from being counted and saved. */
	get blocking(): readonly RuleIssue[] {
		return this.issues.filter(({ muted }) => !muted);
	}

	get sentence(): string {
		return explainRule(this.#draft, this.app.definitions, this.app.language);
	}

	get canBeBasic(): boolean {
		return isBasic(this.#draft);
	}

	/** The plain list where somebody chose it, for as long as the rule is one; else the tree. */
	get mode(): 'basic' | 'visual' {
		return this.canBeBasic && this.segment?.builder === 'basic' ? 'basic' : 'visual';
	}

	/** What is being typed, and not written yet. */
	protected get typed() {
		return this.#typed;
	}

	protected type(node: string, condition: RawCondition): void {
		if (!this.#typed) this.remember();
		this.#typed = { node, condition };
	}

	protected forgetTyped(): void {
		this.#typed = undefined;
	}

	/** Keeps what the rule says now, so that who comes and leaves by the next change can be told. */
	protected remember(): void {
		if (this.#rule && !this.#typed) this.#before = this.#rule;
	}

	/** Keeps how an edit made here left the draft, so that what others change after it is not taken for one's own. */
	protected leave(): void {
		this.#left = this.segment?.draft;
	}
}
