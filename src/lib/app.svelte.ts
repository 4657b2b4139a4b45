import { createContext } from 'svelte';
import type { Engine } from '$lib/engine/engine';
import { EngineStatus } from '$lib/engine/engine-status.svelte';
import type { EngineApi } from '$lib/engine/api';
import { parseRule, type RuleIssue } from '$lib/rules/parse';
import type { Definitions } from '$lib/rules/definitions';
import type { Language } from '$lib/rules/language';
import type { DraftRule, Rule } from '$lib/rules/rule';
import { spoken } from '$lib/rules/spoken.svelte';
import type { Result } from '$lib/result';
import { ruleOfView } from '$lib/smart-lists/view';
import type { Team } from '$lib/sync/team.svelte';
import type { Moment } from '$lib/time/moment';
import type { Workspace } from '$lib/workspace/workspace.svelte';

/** How often windowed counts are asked anew because time alone has passed, in milliseconds. */
const TICK = 60_000;

/**
 * What every page works with: the workspace (what was decided), the engine (what is known) and the moment counts are
 * asked for. Reading `dataVersion` or `moment` in a question makes it asked again when contacts or the time change.
 */
export class App {
	readonly workspace: Workspace;
	readonly engine: Engine;
	readonly status: EngineStatus;
	readonly #clock: () => number;
	readonly #loadTeam: () => Promise<Team>;
	#teamLoading: Promise<Team> | undefined;
	#team = $state.raw<Team>();
	#now = $state(0);
	#dataVersion = $state(0);
	#movesVersion = $state(0);
	readonly #saved = new WeakMap<Definitions, Map<string, Result<Rule, readonly RuleIssue[]>>>();
	readonly close: () => void;

	constructor(
		workspace: Workspace,
		engine: Engine,
		loadTeam: () => Promise<Team>,
		clock: () => number = Date.now
	) {
		this.workspace = workspace;
		this.engine = engine;
		this.#loadTeam = loadTeam;
		this.status = new EngineStatus(engine);
		this.#clock = clock;
		this.#now = clock();
		const stopNews = engine.onnews((news) => {
			if (news.type === 'moved') this.#movesVersion++;
			const isAboutCounts = news.type === 'moved' && news.counts;
			if (news.type !== 'changed' && news.type !== 'restarted' && !isAboutCounts) return;
			// A change may be of this very instant, and what happens until now must be counted.
			this.#now = clock();
			this.#dataVersion++;
		});
		const timer = setInterval(this.#tick, TICK);
		// Timers rest while a tab is hidden or the machine sleeps.
		document.addEventListener('visibilitychange', this.#tick);
		this.close = () => {
			stopNews();
			clearInterval(timer);
			document.removeEventListener('visibilitychange', this.#tick);
			this.#team?.close();
			engine.close();
		};
	}

	readonly #tick = (): void => {
		this.#now = this.#clock();
	};

	/** Takes a new `now` at an instant, in epoch milliseconds, but not within the next second. Gives the way to call it off. */
	tickAt(instant: number): () => void {
		const timer = setTimeout(this.#tick, Math.max(1_000, instant - this.#clock()));
		return () => clearTimeout(timer);
	}

	/** Rises with every change of contacts, events, tags or list members, in any tab. */
	get dataVersion(): number {
		return this.#dataVersion;
	}

	/** Rises whenever it was noted that somebody entered or left a segment. */
	get movesVersion(): number {
		return this.#movesVersion;
	}

	/** The one `now` that all questions on the page are asked for, in the workspace's calendar. */
	get moment(): Moment {
		const { zone, weekStart } = this.workspace.settings;
		return { now: this.#now, zone, weekStart };
	}

	get definitions(): Definitions {
		return this.workspace.definitions;
	}

	/** What rules are said in on this device. */
	get language(): Language {
		return spoken.current;
	}

	/** Drops every kept answer, takes a new `now` and counts again. */
	async refresh(): Promise<void> {
		await this.engine.call('forgetCounts');
		this.#now = this.#clock();
		this.#dataVersion++;
	}

	/** A segment's saved rule, parsed once for as long as nothing it may refer to changes; `undefined` if never saved. */
	savedRule(id: string): Result<Rule, readonly RuleIssue[]> | undefined {
		const definitions = this.definitions;
		const draft = definitions.segments.get(id)?.rule;
		if (!draft) return;
		const known = this.#saved.get(definitions) ?? new Map();
		this.#saved.set(definitions, known);
		if (!known.has(id)) known.set(id, parseRule(draft, definitions, id));
		return known.get(id);
	}

	/** The rule of who a smart list shows; `undefined` where there is none, or it shows archived contacts. */
	smartListRule(id: string): Result<Rule, readonly RuleIssue[]> | undefined {
		const list = this.workspace.smartList(id);
		const draft = list?.state === 'deleted' ? undefined : list?.view && ruleOfView(list.view);
		return draft && parseRule(draft, this.definitions);
	}

	/** A draft of a segment, parsed. */
	parse(draft: DraftRule, segment?: string): Result<Rule, readonly RuleIssue[]> {
		return parseRule(draft, this.definitions, segment);
	}

	/** With whom this workspace is shared; `undefined` until `openTeam`, which a workspace of one person never needs. */
	get team(): Team | undefined {
		return this.#team;
	}

	/** Connects to the relay, if there is one. */
	openTeam(): Promise<Team> {
		this.#teamLoading ??= this.#loadTeam().then((team) => (this.#team = team));
		// What did not arrive is fetched again by who asks next.
		this.#teamLoading.catch(() => (this.#teamLoading = undefined));
		return this.#teamLoading;
	}

	/** A question to the worker. */
	readonly ask = <M extends keyof EngineApi>(
		method: M,
		...args: Parameters<EngineApi[M]>
	): Promise<Awaited<ReturnType<EngineApi[M]>>> => this.engine.call(method, ...args);
}

/** Given once in the root layout. */
export const [getApp, setApp] = createContext<App>();
