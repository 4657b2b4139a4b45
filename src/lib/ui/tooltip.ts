import type { Attachment } from 'svelte/attachments';
import { formatKeys } from './keys';

const delay = 500;
const gap = 6;

/**
 * A tooltip for one element: `{@attach tooltip('Duplicate', 'd')}`. All elements share one bubble, so a
 * table of a thousand buttons costs nothing. It shows on hover and keyboard focus, stays while it is
 * hovered itself, and Escape puts it away. It only repeats what the element's name already says.
 */
export function tooltip(text: string, keys?: string): Attachment<Element> {
	return (element) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const open = () => show(element, text, keys);
		const wait = (event: Event) => {
			if (event instanceof PointerEvent && event.pointerType === 'touch') return;
			clearTimeout(timer);
			timer = setTimeout(open, shownFor === undefined ? delay : 0);
		};
		const focus = () => element.matches(':focus-visible') && open();
		const leave = () => {
			clearTimeout(timer);
			// The pointer may be on its way to the bubble.
			timer = setTimeout(() => {
				if (shownFor === element && !bubble?.matches(':hover')) hide();
			}, 80);
		};
		const away = () => {
			clearTimeout(timer);
			if (shownFor === element) hide();
		};
		element.addEventListener('pointerenter', wait);
		element.addEventListener('pointerleave', leave);
		element.addEventListener('focus', focus);
		element.addEventListener('blur', away);
		element.addEventListener('pointerdown', away);
		return () => {
			away();
			element.removeEventListener('pointerenter', wait);
			element.removeEventListener('pointerleave', leave);
			element.removeEventListener('focus', focus);
			element.removeEventListener('blur', away);
			element.removeEventListener('pointerdown', away);
		};
	};
}

let bubble: HTMLElement | undefined;
let shownFor: Element | undefined;

function show(element: Element, text: string, keys: string | undefined): void {
	if (!element.isConnected) return;
	bubble ??= makeBubble();
	const presses = (keys === undefined ? [] : formatKeys(keys)).map((press) => {
		const key = document.createElement('kbd');
		key.textContent = press;
		return key;
	});
	bubble.replaceChildren(text, ...presses);
	shownFor = element;
	bubble.hidden = false;
	// On top of dialogs as well, where the browser has a top layer.
	bubble.showPopover?.();
	const at = element.getBoundingClientRect();
	const { offsetWidth: width, offsetHeight: height } = bubble;
	const below = at.bottom + gap;
	const top = below + height > innerHeight ? at.top - gap - height : below;
	const left = Math.min(Math.max(4, at.left + at.width / 2 - width / 2), innerWidth - width - 4);
	bubble.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
}

function hide(): void {
	shownFor = undefined;
	if (bubble === undefined) return;
	bubble.hidePopover?.();
	bubble.hidden = true;
}

function makeBubble(): HTMLElement {
	const made = document.createElement('div');
	made.className = 'tooltip';
	made.popover = 'manual';
	// The element has the same words as its own name.
	made.ariaHidden = 'true';
	made.addEventListener('pointerleave', hide);
	document.addEventListener('keydown', (event) => {
		if (event.key === 'Escape') hide();
	});
	document.addEventListener('scroll', hide, { capture: true, passive: true });
	document.body.append(made);
	return made;
}
