import { untrack } from 'svelte';
import type { App } from '$lib/app.svelte';
import { limitsOf } from '$lib/engine/protocol';
import { Latest } from '$lib/latest.svelte';
import type { Analysis, AnalysisChoice } from './analysis';
import { withFoundValues } from './columns/found-values';
import { careOf } from './columns/target-choices';
import {
	carefulMerging,
	type Column,
	type ImportDefinitions,
	type Mapping,
	type Merging
} from './mapping';
import { mappingIssues } from './mapping-issues';
import { Pace, type Progress } from './pace';
import { remember, remembered } from './remembered';
import type { ImportReport } from './report';
import type { ImportPlan } from './run';

/** Milliseconds a person may go on choosing before a dry run begins. */
const rest = 300;

/** What a person has decided about a file. It stays with the file while they look elsewhere. */
class Decisions {
	choice = $state.raw<AnalysisChoice>({});
	/** The columns, of the file read as `of` says. */
	edited = $state.raw<{ of: AnalysisChoice; mapping: Mapping }>();
	confirmed = $state.raw<ReadonlySet<number>>(new Set());
	merging = $state.raw<Merging>(carefulMerging);
	newList = $state<string>();
}

const decisions = new WeakMap<File, Decisions>();

function decisionsAbout(file: File): Decisions {
	const decided = decisions.get(file) ?? new Decisions();
	decisions.set(file, decided);
	return decided;
}

/** A file on its way into the workspace: what was found out, what a person decided, and what would come of it. */
export class ImportDraft {
	readonly file: File;
	readonly #app: App;
	readonly #storageKey: string;
	readonly #decided: Decisions;
	#progress = $state.raw<Progress>();
	readonly #analysis: Latest<
		{ choice: AnalysisChoice },
		Awaited<ReturnType<ImportDraft['analyse']>>
	>;
	readonly #check: Latest<ImportPlan, Awaited<ReturnType<ImportDraft['dryRun']>>>;

	/**
	 * During the initialisation of a component. `storageKey` is where mappings are remembered on this device; while
	 * `paused` no dry run begins.
	 */
	constructor(app: App, file: File, storageKey: string, paused: () => boolean) {
		this.#app = app;
		this.file = file;
		this.#decided = decisionsAbout(file);
		this.#storageKey = storageKey;
		this.#analysis = new Latest(
			() => ({ choice: this.#decided.choice }),
			({ choice }) => this.analyse(choice)
		);
		this.#check = new Latest(
			() => (this.issues.length === 0 && !paused() ? this.#plan : undefined),
			(plan, signal) => this.dryRun(plan, signal)
		);
	}

	private async analyse(choice: AnalysisChoice) {
		const { engine } = this.#app;
		const definitions = untrack(() => this.definitions);
		const call = { deadline: null };
		const found = await engine.callWith(call, 'analyseFile', this.file, choice, definitions);
		return { ...found, of: choice };
	}

	private async dryRun(plan: ImportPlan, signal: AbortSignal) {
		await new Promise((done) => setTimeout(done, rest));
		if (signal.aborted) return;
		const { engine } = this.#app;
		const job = crypto.randomUUID();
		const pace = new Pace();
		const stop = engine.onnews((news) => {
			if (news.type === 'progress' && news.job === job && !signal.aborted)
				this.#progress = pace.at(news, performance.now());
		});
		signal.addEventListener('abort', () => void engine.call('cancelImport', job));
		try {
			const now = { ...plan, at: new Date().toISOString() };
			const call = { deadline: null };
			const outcome = await engine.callWith(call, 'checkImport', job, this.file, now);
			if (outcome.status === 'done' && !signal.aborted) this.#meet(outcome.value, plan.mapping);
			return { of: plan.dialect, outcome };
		} finally {
			stop();
			if (!signal.aborted) this.#progress = undefined;
		}
	}

	/** Proposes what values mean that are only further down the file, and asks to look at them. */
	#meet({ columns }: ImportReport, of: Mapping): void {
		const { analysis } = this;
		const met = analysis && withFoundValues(of, analysis.mapping, columns);
		if (!met) return;
		this.setMapping(met.mapping);
		const others = [...this.#decided.confirmed].filter((index) => !met.found.includes(index));
		this.#decided.confirmed = new Set(others);
	}

	get definitions(): ImportDefinitions {
		const { fields, eventTypes, tags, lists } = this.#app.definitions;
		return { fields, eventTypes, tags, lists };
	}

	/** The answer about the file: found out, refused, or still open. */
	get analysisAnswer() {
		return this.#analysis.current;
	}

	get analysis(): Analysis | undefined {
		const answer = this.#analysis.value;
		return answer?.ok ? answer.value : undefined;
	}

	get choice(): AnalysisChoice {
		return this.#decided.choice;
	}

	/** Reads the file anew in another way. What was decided about its columns goes, for they may be others. */
	choose(choice: AnalysisChoice): void {
		this.#decided.choice = { ...this.choice, ...choice };
		this.#decided.edited = undefined;
		this.#decided.confirmed = new Set();
	}

	/** What the columns are: as a person says, as they said the last time, else as proposed. */
	get mapping(): Mapping | undefined {
		const { analysis } = this;
		const { edited } = this.#decided;
		if (!analysis) return;
		if (edited && edited.of === this.#analysis.value?.of) return edited.mapping;
		return this.usesRemembered ? this.#remembered : analysis.mapping;
	}

	#remembered = $derived.by((): Mapping | undefined => {
		const { analysis } = this;
		if (!analysis) return;
		const known = remembered(localStorage, this.#storageKey, analysis.fingerprint);
		const fits = known?.columns.length === analysis.columns.length;
		// A field may be gone since.
		const broken =
			known && mappingIssues(known, this.definitions).some(({ type }) => type === 'GoneField');
		return fits && !broken ? known : undefined;
	});

	/** Whether the columns are as they were the last time for a file with these headers. */
	get usesRemembered(): boolean {
		return !this.choice.ignoreVendor && this.#remembered !== undefined;
	}

	setMapping(mapping: Mapping): void {
		const of = this.#analysis.value?.of;
		if (of) this.#decided.edited = { of, mapping };
	}

	setColumn(index: number, column: Column): void {
		const { mapping } = this;
		if (!mapping) return;
		this.confirm(index, false);
		this.setMapping({ ...mapping, columns: mapping.columns.with(index, column) });
	}

	/** A person has looked at what the values of this column mean. */
	confirm(index: number, looked: boolean): void {
		const others = [...this.#decided.confirmed].filter((one) => one !== index);
		this.#decided.confirmed = new Set(looked ? [...others, index] : others);
	}

	isConfirmed = (index: number): boolean => this.#decided.confirmed.has(index);

	/** Columns somebody must look at before anything is imported. -1 stands for what the whole file says about consent. */
	get unseen(): number[] {
		const { mapping } = this;
		if (!mapping) return [];
		const consents = mapping.columns.flatMap((column, i) =>
			careOf(column, this.definitions).consent ? [i] : []
		);
		return [...(mapping.consent ? [-1] : []), ...consents].filter(
			(index) => !this.#decided.confirmed.has(index)
		);
	}

	get merging(): Merging {
		return this.#decided.merging;
	}

	setMerging(merging: Partial<Merging>): void {
		this.#decided.merging = { ...this.merging, ...merging };
	}

	/** The name of a list that is to be made for the contacts, as it is typed; undefined where none is. */
	get newList(): string | undefined {
		return this.#decided.newList;
	}

	set newList(name: string | undefined) {
		this.#decided.newList = name;
	}

	/** Whether everybody is to be in a new list that has no name yet. */
	get wantsListName(): boolean {
		return this.mapping?.kind === 'contacts' && this.newList?.trim() === '';
	}

	get issues() {
		return this.mapping ? mappingIssues(this.mapping, this.definitions) : [];
	}

	/** What the dry run says; of an earlier question while `isChecking`, but never of the file read in another way. */
	get checked() {
		const answer = this.#check.value;
		return answer && answer.of === this.analysis?.dialect ? answer.outcome : undefined;
	}

	/** Whether a column of consent may have values that nobody has seen, for the whole file was not read for them yet. */
	get awaitsValues(): boolean {
		const { checked, mapping } = this;
		const counted = checked?.status === 'done' ? checked.value.columns : [];
		return (mapping?.columns ?? []).some(
			({ target }, index) =>
				target.target === 'consent' && target.otherwise === null && !counted[index]?.values
		);
	}

	get isChecking(): boolean {
		return !this.#check.fresh;
	}

	get checkError(): unknown {
		const { current } = this.#check;
		return current.status === 'failed' ? current.error : undefined;
	}

	checkAgain(): void {
		this.#check.retry();
	}

	/** Of the dry run. */
	get progress(): Progress | undefined {
		return this.#progress;
	}

	/** All that decides the import, but for its id and time. */
	get #plan(): ImportPlan | undefined {
		const { analysis, mapping } = this;
		const { current: engine } = this.#app.status;
		if (!analysis || !mapping || engine.status !== 'ready') return;
		return {
			id: '',
			at: '',
			dialect: analysis.dialect,
			mapping,
			merging: this.merging,
			definitions: this.definitions,
			zone: this.#app.workspace.settings.zone,
			rows: analysis.rows,
			limits: limitsOf(engine.info.store)
		};
	}

	/** The plan of the import itself, with its id and time. Remembers the mapping. */
	decide(): ImportPlan | undefined {
		const { analysis, mapping } = this;
		const plan = this.#plan;
		if (!plan || !analysis || !mapping) return;
		// On this device only; the workspace document has no place for it yet.
		remember(localStorage, this.#storageKey, analysis.fingerprint, mapping);
		return { ...plan, id: crypto.randomUUID(), at: new Date().toISOString() };
	}
}
