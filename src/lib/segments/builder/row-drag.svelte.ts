import type { DraftRule } from '$lib/rules/rule';
import type { Builder } from './builder.svelte';
import { zoneAt, type DropZone } from './drag';
import { copiedNode } from './pasted-node';

/** Dragging of one row, and of others over it, with the browser's own drag and drop. */
export class RowDrag {
	readonly #builder: Builder;
	readonly #node: () => DraftRule;
	#zone = $state<DropZone>();

	constructor(builder: Builder, node: () => DraftRule) {
		this.#builder = builder;
		this.#node = node;
	}

	/** Where what hangs over the row would go. */
	get zone(): DropZone | undefined {
		return this.#zone;
	}

	start = ({ dataTransfer }: DragEvent): void => {
		const node = this.#node();
		this.#builder.view.dragged = node.id;
		if (!dataTransfer) return;
		dataTransfer.effectAllowed = 'move';
		// Firefox drags nothing that has no text.
		dataTransfer.setData('text/plain', copiedNode(node));
	};

	over = (event: DragEvent & { readonly currentTarget: HTMLElement }): void => {
		const { dragged } = this.#builder.view;
		if (dragged === undefined || dragged === this.#node().id) return;
		event.preventDefault();
		event.stopPropagation();
		const { top, height } = event.currentTarget.getBoundingClientRect();
		this.#zone = zoneAt((event.clientY - top) / height);
	};

	leave = (): void => {
		this.#zone = undefined;
	};

	drop = (event: DragEvent): void => {
		const { dragged } = this.#builder.view;
		const zone = this.#zone;
		this.end();
		if (dragged === undefined || !zone) return;
		event.preventDefault();
		event.stopPropagation();
		this.#builder.drop(dragged, this.#node().id, zone);
	};

	end = (): void => {
		this.#builder.view.dragged = undefined;
		this.#zone = undefined;
	};
}
