import { createAttachmentKey, type Attachment } from 'svelte/attachments';

/** What the button that opens a popover or a menu must carry: `<Button {...trigger}>`. */
export type TriggerProps = {
	readonly 'aria-haspopup': 'dialog' | 'menu';
	readonly 'aria-expanded': boolean;
	readonly onclick: () => void;
	readonly onpointerenter: () => void;
	readonly [attachment: symbol]: Attachment<HTMLElement>;
};

/** Tells which element a spread of props lands on. */
export function anchorProps(found: (element: HTMLElement | undefined) => void): {
	readonly [attachment: symbol]: Attachment<HTMLElement>;
} {
	return {
		[createAttachmentKey()]: (element: HTMLElement) => {
			found(element);
			return () => found(undefined);
		}
	};
}

/** A panel over a dialog must be over it, one over the page must stay under the toasts. */
export function layerAbove(anchor: Element): string {
	return anchor.closest('[role="dialog"], [role="alertdialog"]')
		? 'var(--z-dialog)'
		: 'var(--z-popover)';
}

/**
 * A press on the trigger closes by itself; the panel's own "pressed outside" would close it first and
 * the click would open it again.
 */
export function exceptOn(anchor: Element) {
	return (event: { readonly target: EventTarget | null; preventDefault: () => void }): void => {
		if (event.target instanceof Node && anchor.contains(event.target)) event.preventDefault();
	};
}
