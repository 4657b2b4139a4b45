import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import type { Definitions } from '$lib/rules/definitions';
import type { Pace, RawCondition } from '$lib/rules/editing/editor';
import { english } from '$lib/rules/english';
import type { RuleIssue } from '$lib/rules/parse';
import { NodeId, type DraftGroup } from '$lib/rules/rule';
import { told } from '$lib/segments/actions.svelte';
import type { Oddity } from '$lib/segments/oddities';
import type { Moment } from '$lib/time/moment';
import { formatCount } from '$lib/ui/number';
import { toast } from '$lib/ui/toast';
import { describeUndo } from '$lib/workspace/describe';
import * as rules from '$lib/workspace/edit-rule';
import type { Position } from '$lib/workspace/edit-rule';
import { createSegment, renameSegment } from '$lib/workspace/edit-segment';
import type { Edit } from '$lib/workspace/gesture';
import { sameJson } from '$lib/json';
import { randomId } from '$lib/workspace/random-id';
import { readSegment, type Segment } from '$lib/workspace/segment';
import { Announcer } from './announcer.svelte';
import { BuilderView } from './builder-view.svelte';
import { DraftCounts } from './draft-counts.svelte';
import { DraftReading } from './draft-reading.svelte';
import { proposeName } from './propose-name';
import { endOf, nodeOf } from './tree';

/** Milliseconds without a key before what is typed is written, as one step of undo. */
const typingPause = 400;

export const newNodeId = (): NodeId => NodeId.parse(randomId(8));

interface OddityQuestion {
	readonly draft: DraftGroup;
	readonly definitions: Definitions;
	readonly moment: Moment;
	readonly counted: DraftCounts['counted'];
}

/** A draft that a person edits: how each edit is written, counted, said and taken back. */
export class DraftEditing extends DraftReading {
	readonly counts: DraftCounts;
	readonly view = new BuilderView();
	readonly announcer = new Announcer();
	readonly #oddities: Latest<OddityQuestion, ReadonlyMap<string, readonly Oddity[]>>;
	readonly #oncreate: (id: string) => void;
	/** The last edit was a key. */
	#typing = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** What was done, said together with the next count. */
	#done: string | undefined;

	/** Must be made while a component is. `oncreate` hears of the segment that the first rule made. */
	constructor(app: App, id: () => string | undefined, oncreate: (id: string) => void = () => {}) {
		super(app, id);
		this.#oncreate = oncreate;
		this.counts = new DraftCounts(
			app,
			() => this.counted,
			() => this.#typing,
			(total) => this.#sayTotal(total)
		);
		this.#oddities = new Latest(
			() => {
				const { definitions, moment } = app;
				return (
					this.rule && { draft: this.draft, definitions, moment, counted: this.counts.counted }
				);
			},
			// Nobody waits for it: it comes after the page.
			async ({ draft, definitions, moment, counted }) => {
				const { odditiesOf } = await import('$lib/segments/oddities');
				return odditiesOf(draft, definitions, moment, counted);
			}
		);
	}

	/** All that is in the way is a row that was just added, and nobody needs to be told yet. */
	get filling(): boolean {
		const { blocking } = this;
		return blocking.length > 0 && blocking.every((issue) => this.isFilling(issue));
	}

	/** Something is missing in a row that was just added. */
	isFilling({ type, node }: RuleIssue): boolean {
		return type === 'InvalidCondition' && node === this.view.filling;
	}

	/** What is odd about a row of a draft that can be counted all the same. */
	odditiesOf(node: string): readonly Oddity[] {
		return (this.rule && this.#oddities.value?.get(node)) ?? [];
	}

	/** What an editor says. What is being typed is counted at once, and written when the keys rest. */
	set(node: string, condition: RawCondition, pace?: Pace): void {
		clearTimeout(this.#timer);
		if (pace === 'typing') {
			this.view.leave(node);
			if (this.typed && this.typed.node !== node) this.flush();
			this.#typing = true;
			this.type(node, condition);
			this.#timer = setTimeout(this.flush, typingPause);
			return;
		}
		const typedHere = this.typed?.node === node;
		const known = nodeOf(this.stored, node);
		// A field that is left says once more what was typed and written.
		if (!typedHere && known?.type === 'condition' && sameJson(known.condition, condition)) return;
		if (typedHere) this.forgetTyped();
		this.edit(
			'Change condition',
			(edit, segment) => rules.setCondition(edit, segment, node, condition),
			// The end of typing is no other change than the typing.
			{ remembered: !typedHere }
		);
	}

	/** Writes what was typed. */
	flush = (): void => {
		clearTimeout(this.#timer);
		const { typed, id } = this;
		this.forgetTyped();
		if (!typed || id === undefined) return;
		this.#write('Change condition', id, (edit) =>
			rules.setCondition(edit, id, typed.node, typed.condition)
		);
	};

	undo = (): void => this.#goBack('undo');

	redo = (): void => this.#goBack('redo');

	/** Writes what was typed, and lets go of timers. */
	close(): void {
		this.flush();
		this.announcer.stop();
	}

	/** One gesture on the segment, which is made if there is none yet. */
	protected edit(
		label: string,
		work: (edit: Edit, segment: string) => void,
		{ remembered = true } = {}
	): void {
		this.flush();
		if (remembered || this.changedElsewhere) this.remember();
		this.#typing = false;
		const { id } = this;
		if (id !== undefined) return void this.#write(label, id, (edit) => work(edit, id));
		const made = randomId(10);
		const written = this.#write('Create segment', made, (edit) => {
			createSegment(edit, made, '', undefined, newNodeId);
			work(edit, made);
		});
		if (!written) return;
		this.view.handOver();
		this.#oncreate(made);
	}

	/** Writes a gesture. The name of a segment that nobody has named follows what the segment says. */
	#write(label: string, id: string, work: (edit: Edit) => void): boolean {
		const { workspace, definitions, language } = this.app;
		const written = told(
			workspace.gesture(label, (edit) => {
				const before = readSegment(edit, id);
				work(edit);
				const after = readSegment(edit, id);
				if (!after || before?.saved) return;
				const isProposed = (segment: Segment) =>
					// Somebody may have chosen another language since.
					[language, english].some(
						(one) => segment.name === proposeName(segment.draft, definitions, one)
					);
				if (before && !isProposed(before)) return;
				renameSegment(edit, id, proposeName(after.draft, definitions, language));
			})
		);
		if (written) this.leave();
		return written;
	}

	/** Says what was done, with the count it comes to if it is counted. */
	protected say(done: string): void {
		if (this.rule) this.#done = done;
		else this.announcer.say(done);
	}

	#sayTotal(total: number): void {
		const people = `${formatCount(total)} ${total === 1 ? 'person' : 'people'}`;
		this.announcer.say(this.#done === undefined ? people : `${this.#done}; ${people}`);
		this.#done = undefined;
	}

	/** The end of a group; in the root before what is left out. */
	protected endOf(parent: string): Position {
		const index = endOf(this.stored, parent);
		return index === undefined ? { parent } : { parent, index };
	}

	#goBack(direction: 'undo' | 'redo'): void {
		this.flush();
		this.remember();
		this.#typing = false;
		const outcome = this.app.workspace[direction](this.id);
		if (!outcome) return;
		this.leave();
		const words = describeUndo(outcome);
		if (words) void toast(words);
		else this.say(`${direction === 'undo' ? 'Taken back' : 'Done again'}: ${outcome.label}`);
	}
}
