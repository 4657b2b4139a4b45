import { MediaQuery } from 'svelte/reactivity';

/** A row to show next: focused and, with `fill`, opened where something is still to be chosen. */
export interface Wanted {
	readonly node: string;
	readonly fill: boolean;
}

/** A row made on another page of this tab, to be shown by the next builder. */
let handed: Wanted | undefined;

/** How one person looks at a builder: nothing of it is kept. */
export class BuilderView {
	#selected = $state.raw<ReadonlySet<string>>(new Set());
	#collapsed = $state.raw<ReadonlySet<string>>(new Set());
	#meaning = $state.raw<ReadonlySet<string>>(new Set());
	#wanted = $state.raw<Wanted>();
	#filling = $state.raw<string>();
	/** The group whose picker is open; `exclusions` for what is left out. */
	adding = $state<string>();
	/** The row whose note is being written. */
	noting = $state<string>();
	/** The row whose comments are open. */
	commenting = $state<string>();
	/** The row that "Move to…" is open for. */
	moving = $state<string>();
	/** The rule is being typed. */
	typing = $state(false);
	/** On a phone: the row that is open in its sheet. */
	opened = $state<string>();
	/** The row being dragged. */
	dragged = $state<string>();

	readonly #phone = new MediaQuery('width < 560px');

	constructor() {
		this.#wanted = handed;
		this.#filling = handed?.fill ? handed.node : undefined;
		handed = undefined;
	}

	/** Rows are plain words there, and open in a sheet. */
	get phone(): boolean {
		return this.#phone.current;
	}

	get selected(): ReadonlySet<string> {
		return this.#selected;
	}

	/** Groups of which only the sentence is shown. */
	get collapsed(): ReadonlySet<string> {
		return this.#collapsed;
	}

	/** Rows of which it is shown what they mean. */
	get meaning(): ReadonlySet<string> {
		return this.#meaning;
	}

	get wanted(): Wanted | undefined {
		return this.#wanted;
	}

	want(node: string | undefined, fill = false): void {
		this.#wanted = node === undefined ? undefined : { node, fill };
		if (fill) this.#filling = node;
	}

	/** The row that was just added, until something is typed in it or it is left: it is not complained about yet. */
	get filling(): string | undefined {
		return this.#filling;
	}

	/** From now on it is told what is missing in it. */
	leave(node: string | undefined = this.#filling): void {
		if (this.#filling === node) this.#filling = undefined;
	}

	/** What was wanted is there. */
	shown(): void {
		this.#wanted = undefined;
	}

	/** Leaves what is wanted to the builder on the next page. */
	handOver(): void {
		handed = this.#wanted;
	}

	select(node: string, on: boolean = !this.#selected.has(node)): void {
		this.#selected = changed(this.#selected, node, on);
	}

	clearSelection(): void {
		if (this.#selected.size > 0) this.#selected = new Set();
	}

	toggleMeaning(node: string): void {
		this.#meaning = changed(this.#meaning, node, !this.#meaning.has(node));
	}

	toggleCollapsed(node: string): void {
		this.#collapsed = changed(this.#collapsed, node, !this.#collapsed.has(node));
	}
}

function changed(set: ReadonlySet<string>, node: string, on: boolean): ReadonlySet<string> {
	const next = new Set(set);
	if (on) next.add(node);
	else next.delete(node);
	return next;
}
