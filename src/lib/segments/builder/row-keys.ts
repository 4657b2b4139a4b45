import { nodeOf, rowsOf } from './tree';
import { copyText } from '$lib/segments/copy-text';
import { letters } from '$lib/ui/shortcuts.svelte';
import type { Builder } from './builder.svelte';
import type { Direction } from './moves';
import { copiedNode } from './pasted-node';

const moves: Readonly<Record<string, Direction>> = {
	ArrowUp: 'up',
	ArrowDown: 'down',
	ArrowRight: 'in',
	ArrowLeft: 'out'
};

/**
 * Keys in the list of rules. A row itself takes arrows and letters; Alt with an arrow moves it, also from a token in
 * it. Tells whether the key was one of them.
 */
export function rowKey(builder: Builder, event: KeyboardEvent): boolean {
	const target = event.target instanceof HTMLElement ? event.target : undefined;
	const row = target?.closest<HTMLElement>('[data-node]');
	const id = row?.dataset.node;
	if (!target || !row || id === undefined || event.isComposing) return false;
	const move = event.altKey && !event.ctrlKey && !event.metaKey ? moves[event.key] : undefined;
	if (move && !target.closest('input, textarea, select')) {
		if (!builder.readOnly) builder.step(id, move);
		return true;
	}
	if (target !== row || event.altKey) return false;
	if (event.ctrlKey || event.metaKey) return withControl(builder, event, id);
	return look(builder, event, id, row) || (!builder.readOnly && edit(builder, event, id));
}

function withControl(builder: Builder, { key }: KeyboardEvent, id: string): boolean {
	const node = nodeOf(builder.draft, id);
	// Text that somebody has selected is what they mean to copy.
	if (key !== 'c' || !node || String(getSelection()) !== '') return false;
	void copyText(copiedNode(node), 'The row was copied.');
	return true;
}

/** Keys that change nothing. */
function look(builder: Builder, event: KeyboardEvent, id: string, row: HTMLElement): boolean {
	const { view, draft } = builder;
	const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
	if (step !== 0) {
		const rows = rowsOf(draft, view.collapsed);
		const next = rows[rows.findIndex((other) => other === id) + step];
		if (next === undefined) return true;
		if (event.shiftKey) {
			view.select(id, true);
			view.select(next, true);
		}
		view.want(next);
		return true;
	}
	if (event.key === 'Enter') {
		row.querySelector<HTMLElement>('button[aria-haspopup="dialog"]')?.focus();
		return true;
	}
	if (event.key === 'Escape' && view.selected.size > 0) {
		view.clearSelection();
		return true;
	}
	return false;
}

function edit(builder: Builder, { key }: KeyboardEvent, id: string): boolean {
	if (key === 'Backspace' || key === 'Delete') builder.remove(id);
	else if (key === ' ') builder.toggleMuted(id);
	else if (letters.current === 'off') return false;
	else if (key === 'd') builder.duplicate(id);
	else if (key === 'n') builder.negate(id);
	else if (key === 'x') builder.select(id);
	else if (key === 'm') builder.view.commenting = id;
	else return false;
	return true;
}
