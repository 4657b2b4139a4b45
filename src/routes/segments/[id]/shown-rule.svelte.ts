import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import type { Funnel } from '$lib/membership/evaluate';
import type { Result } from '$lib/result';
import { describeIssues } from '$lib/rules/describe-issue';
import type { RuleIssue } from '$lib/rules/parse';
import type { DraftGroup, Rule } from '$lib/rules/rule';
import type { Oddity } from '$lib/segments/oddities';
import { SegmentCounts, type SegmentCount } from '$lib/segments/segment-counts.svelte';
import { segmentIssue } from '$lib/segments/segment-issue';
import { stepCounts, type StepCount } from '$lib/segments/step-counts';
import { stepsOf, type Step } from '$lib/segments/steps';
import { describeStructureIssue } from '$lib/workspace/describe';
import type { Segment } from '$lib/workspace/segment';

/** A segment's saved rule or its draft, whichever its details page shows, with the counts of every step. */
export class ShownRule {
	readonly #app: App;
	readonly #segment: () => Segment;
	readonly #funnel: Latest<{ rule: Rule; moment: App['moment']; version: number }, Funnel>;
	readonly #saved: SegmentCounts;
	#look = $state<'saved' | 'draft'>('saved');

	constructor(app: App, segment: () => Segment) {
		this.#app = app;
		this.#segment = segment;
		this.#saved = new SegmentCounts(app, () => [segment().id]);
		this.#funnel = new Latest(
			() => {
				const { rule } = this;
				return rule && { rule, moment: app.moment, version: app.dataVersion };
			},
			({ rule, moment }) => app.ask('countFunnel', rule, moment)
		);
	}

	/** What is on show; a segment never saved has only its draft, one without changes only what is saved. */
	get look(): 'saved' | 'draft' {
		const { saved, hasChanges } = this.#segment();
		return !saved ? 'draft' : hasChanges ? this.#look : 'saved';
	}

	get segmentId(): string {
		return this.#segment().id;
	}

	show(look: 'saved' | 'draft'): void {
		this.#look = look;
	}

	readonly draft: DraftGroup = $derived.by(() => {
		const { saved, draft } = this.#segment();
		return this.look === 'saved' && saved ? saved : draft;
	});

	readonly parsed: Result<Rule, readonly RuleIssue[]> | undefined = $derived.by(() => {
		const { id, draft } = this.#segment();
		return this.look === 'saved' ? this.#app.savedRule(id) : this.#app.parse(draft, id);
	});

	/** The rule on show, where it may be counted. */
	get rule(): Rule | undefined {
		return this.blocked === undefined && this.parsed?.ok ? this.parsed.value : undefined;
	}

	/** Why what is on show as a whole cannot be counted, in words. */
	get blocked(): string | undefined {
		const segment = this.#segment();
		if (this.look === 'saved')
			return segmentIssue(
				segment,
				this.#app.savedRule(segment.id),
				this.#app.definitions,
				this.#app.language
			);
		const [structure] = segment.issues.filter(({ type }) => type !== 'SavedMissing');
		if (structure) return describeStructureIssue(structure);
		if (!this.parsed || this.parsed.ok) return;
		const [first] = this.parsed.error;
		return first && this.#app.language.issue(first, this.#app.definitions);
	}

	readonly steps: readonly Step[] = $derived.by(() =>
		stepsOf(this.draft, this.#app.definitions, this.#app.language)
	);

	readonly counts: readonly StepCount[] = $derived.by(() =>
		stepCounts(this.steps, this.#funnel.value, this.savedCount?.shares)
	);

	/** What is wrong with a node, in words. */
	issueOf = (node: string): string | undefined => {
		if (!this.parsed || this.parsed.ok) return;
		const own = this.parsed.error.filter((issue) => issue.node === node);
		return own.length === 0
			? undefined
			: describeIssues(own, this.#app.definitions, this.#app.language).join(' ');
	};

	// Nobody waits for it: it comes after the page.
	readonly #oddities = new Latest(
		() => {
			const { rule, draft } = this;
			const funnel = this.#funnel.fresh ? this.#funnel.value : undefined;
			const { definitions, moment } = this.#app;
			return rule && { draft, definitions, moment, counted: funnel && { draft, funnel } };
		},
		async ({ draft, definitions, moment, counted }) => {
			const { odditiesOf } = await import('$lib/segments/oddities');
			return odditiesOf(draft, definitions, moment, counted);
		}
	);

	/** What is odd about a node. */
	oddOf = (node: string): readonly Oddity[] => (this.rule && this.#oddities.value?.get(node)) ?? [];

	alone = (node: string): number | undefined =>
		[...(this.#funnel.value?.nodes ?? [])].find(([id]) => id === node)?.[1].alone;

	/** How many contacts there are. */
	get everyone(): number | undefined {
		return this.#funnel.value?.everyone ?? this.#saved.everyone;
	}

	/** The size of what is on show: the last valid one where there is none now. */
	get total(): number | undefined {
		const known = this.#funnel.value?.total;
		if (this.look === 'draft') return known;
		// What was last counted on this page may have been the draft.
		return (this.rule ? known : undefined) ?? this.savedCount?.total;
	}

	/** Whether the counts are of the present rule, contacts and moment. */
	get fresh(): boolean {
		return this.rule !== undefined && this.#funnel.fresh;
	}

	get failed(): boolean {
		return this.#funnel.current.status === 'failed';
	}

	/** The saved rule's count, kept on this device while there is no newer one. */
	get savedCount(): SegmentCount | undefined {
		return this.#saved.of(this.#segment().id);
	}

	/** The `now` of the counts on show; nothing while they are old ones, for it cannot be counted. */
	get countedAt(): number | undefined {
		return this.rule && this.#saved.countedAt;
	}

	retry = (): void => {
		this.#funnel.retry();
		this.#saved.retry();
	};
}
