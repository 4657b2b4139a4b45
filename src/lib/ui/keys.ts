/**
 * Key combinations are written as tinykeys reads them: `e`, `$mod+s`, `?`, `g s`, `Alt+ArrowUp`.
 * `$mod` is Command on a Mac and Control elsewhere.
 */

export function isMac(): boolean {
	return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
}

/** The keys to draw, one string for each press: `$mod+s` → ["⌘S"] or ["Ctrl S"], `g s` → ["G", "S"]. */
export function formatKeys(keys: string, mac: boolean = isMac()): readonly string[] {
	return keys.split(' ').map((press) => {
		const parts = press.split('+').filter((part) => part !== '');
		const key = parts.pop() ?? '+';
		// A sign that needs Shift to be typed is known by the sign alone.
		const modifiers = /^[^\p{L}\p{N}]$/u.test(key)
			? parts.filter((part) => part !== 'Shift')
			: parts;
		return [...modifiers.map((part) => signOf(part, mac)), nameOf(key)].join(mac ? '' : ' ');
	});
}

/** The same for `aria-keyshortcuts`; a chord cannot be said there, so it gives nothing. */
export function ariaKeys(keys: string | undefined, mac: boolean = isMac()): string | undefined {
	if (keys === undefined || keys.includes(' ')) return undefined;
	return keys.replace('$mod', mac ? 'Meta' : 'Control');
}

function signOf(modifier: string, mac: boolean): string {
	const signs: Record<string, readonly [string, string]> = {
		$mod: ['⌘', 'Ctrl'],
		Meta: ['⌘', 'Win'],
		Control: ['⌃', 'Ctrl'],
		Shift: ['⇧', 'Shift'],
		Alt: ['⌥', 'Alt']
	};
	return signs[modifier]?.[mac ? 0 : 1] ?? modifier;
}

function nameOf(key: string): string {
	const names: Record<string, string> = {
		ArrowUp: '↑',
		ArrowDown: '↓',
		ArrowLeft: '←',
		ArrowRight: '→',
		Enter: '↵',
		Escape: 'Esc',
		Backspace: '⌫',
		Delete: 'Del',
		Space: 'Space'
	};
	return names[key] ?? (key.length === 1 ? key.toUpperCase() : key.replace(/^Key/, ''));
}
