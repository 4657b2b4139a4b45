import { expect, test } from 'vitest';
import { ariaKeys, formatKeys } from '$lib/ui/keys';

test.each([
	['e', ['E'], ['E']],
	['$mod+s', ['⌘S'], ['Ctrl S']],
	['$mod+Shift+z', ['⌘⇧Z'], ['Ctrl Shift Z']],
	['g s', ['G', 'S'], ['G', 'S']],
	['Shift+?', ['?'], ['?']],
	['Alt+ArrowUp', ['⌥↑'], ['Alt ↑']]
])('%s is drawn as %j on a Mac and %j elsewhere', (keys, mac, other) => {
	expect(formatKeys(keys, true)).toEqual(mac);
	expect(formatKeys(keys, false)).toEqual(other);
});

test('a chord is not given to aria-keyshortcuts', () => {
	expect(ariaKeys('g s', false)).toBeUndefined();
	expect(ariaKeys('$mod+s', false)).toBe('Control+s');
	expect(ariaKeys('$mod+s', true)).toBe('Meta+s');
});
