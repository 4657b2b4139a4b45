import { untrack } from 'svelte';
import { parseKeybinding, tinykeys } from 'tinykeys';
import { Preference } from './preference.svelte';

export interface Shortcut {
	/** As tinykeys reads them: `e`, `$mod+s`, `?`, `g s`. */
	readonly keys: string;
	/** What it does, as the sheet lists it. */
	readonly label: string;
	/** Under which heading: "Go to", "This segment". */
	readonly group: string;
	readonly run: (event: KeyboardEvent) => void;
	/**
	 * Also while typing in a field. Those with Ctrl, Command or Alt always do, but for what a field does
	 * itself: undo, copy, move the caret.
	 */
	readonly inFields?: boolean | undefined;
	/** Also over an open dialog, popover or menu. */
	readonly overDialogs?: boolean | undefined;
}

/** Single letters can be switched off: they get in the way of voice control. */
export const letters = new Preference('letters', ['on', 'off']);

/** Everything the keyboard can do now. `Shortcut.svelte` adds to it. */
export class Shortcuts {
	#all = $state.raw<readonly Shortcut[]>([]);
	#begun: KeyboardEvent | undefined;

	get all(): readonly Shortcut[] {
		return this.#all;
	}

	/** Listens until the returned function is called. */
	add(shortcut: Shortcut): () => void {
		const [first = '', ...more] = shortcut.keys.split(' ');
		const chord = more.length > 0;
		const run = (event: KeyboardEvent) => {
			if (!mayRun(shortcut, event) || (!chord && this.#follows(event))) return;
			event.preventDefault();
			this.#begun = undefined;
			shortcut.run(event);
		};
		const stop = tinykeys(window, {
			[shortcut.keys]: run,
			// Whether a sign needs Shift depends on the keyboard: `/` does in Switzerland.
			...(isSign(shortcut.keys) && { [`Shift+${shortcut.keys}`]: run }),
			...(chord && {
				[first]: (event: KeyboardEvent) => {
					if (mayRun(shortcut, event)) this.#begun = event;
				}
			})
		});
		// Added from effects, which must not follow the list they change.
		this.#all = [...untrack(() => this.#all), shortcut];
		return () => {
			stop();
			this.#all = this.#all.filter((other) => other !== shortcut);
		};
	}

	/** Is this the second key of a chord? After `g`, `c` must not do what `c` alone does. */
	#follows(event: KeyboardEvent): boolean {
		const begun = this.#begun;
		return begun !== undefined && begun !== event && event.timeStamp - begun.timeStamp < 1000;
	}
}

export const shortcuts = new Shortcuts();

function mayRun(shortcut: Shortcut, event: KeyboardEvent): boolean {
	if (event.defaultPrevented || event.isComposing) return false;
	const plain = parseKeybinding(shortcut.keys).every(
		([modifiers]) => modifiers.length === 0 || modifiers.every((modifier) => modifier === 'Shift')
	);
	const target = event.target instanceof Element ? event.target : undefined;
	if (plain && isLetter(event.key) && letters.current === 'off') return false;
	if (!shortcut.inFields && target && isField(target) && (plain || isEditing(event.key))) {
		return false;
	}
	// Enter and Space press the button that has the focus.
	if (
		plain &&
		/^(Enter| )$/.test(event.key) &&
		target?.closest('a, button, summary, [role^="menuitem"]')
	) {
		return false;
	}
	return Boolean(shortcut.overDialogs) || document.querySelector(over) === null;
}

const over = ':is([role="dialog"], [role="alertdialog"], [role="menu"])[data-state="open"]';

/** With Ctrl, Command or Alt, these are for editing text. */
function isEditing(key: string): boolean {
	return /^([acvxyz]|Arrow.*|Home|End|Backspace|Delete)$/i.test(key);
}

function isSign(keys: string): boolean {
	return /^[^\p{L}\p{N}]$/u.test(keys);
}

function isLetter(key: string): boolean {
	return key.length === 1;
}

function isField(element: Element): boolean {
	if (element.closest('textarea, select, [contenteditable]:not([contenteditable="false"])'))
		return true;
	return (
		element instanceof HTMLInputElement &&
		!/^(button|checkbox|file|image|radio|reset|submit)$/.test(element.type)
	);
}
