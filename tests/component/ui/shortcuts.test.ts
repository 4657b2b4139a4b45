import { fireEvent } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { letters, Shortcuts } from '$lib/ui/shortcuts.svelte';

let shortcuts: Shortcuts;
let stops: (() => void)[];
beforeEach(() => {
	shortcuts = new Shortcuts();
	stops = [];
});
afterEach(() => {
	for (const stop of stops) stop();
	letters.set('on');
	document.body.replaceChildren();
});

function add(keys: string, more: { overDialogs?: boolean; inFields?: boolean } = {}) {
	const run = vi.fn();
	stops.push(shortcuts.add({ keys, label: keys, group: 'Test', run, ...more }));
	return run;
}

function put(html: string): Element {
	const holder = document.createElement('div');
	holder.innerHTML = html;
	document.body.append(holder);
	const [element] = holder.children;
	if (element === undefined) throw new Error('There is no element in it.');
	return element;
}

async function press(key: string, init: KeyboardEventInit = {}, on: Element = document.body) {
	await fireEvent.keyDown(on, { key, ...init });
}

test('a letter runs, and no longer once it was taken away', async () => {
	const run = add('e');
	await press('e');
	expect(run).toHaveBeenCalledOnce();
	expect(shortcuts.all.map((shortcut) => shortcut.keys)).toEqual(['e']);
	stops.pop()?.();
	await press('e');
	expect(run).toHaveBeenCalledOnce();
	expect(shortcuts.all).toEqual([]);
});

test.each(['<input>', '<textarea></textarea>', '<select></select>', '<p contenteditable></p>'])(
	'a letter typed into %s is only text, a combination still runs',
	async (html) => {
		const letter = add('e');
		const combination = add('Control+s');
		const field = put(html);
		await press('e', {}, field);
		await press('s', { ctrlKey: true }, field);
		expect(letter).not.toHaveBeenCalled();
		expect(combination).toHaveBeenCalledOnce();
	}
);

test('undo in a field is the field’s own', async () => {
	const undo = add('Control+z');
	await press('z', { ctrlKey: true }, put('<input>'));
	expect(undo).not.toHaveBeenCalled();
	await press('z', { ctrlKey: true });
	expect(undo).toHaveBeenCalledOnce();
});

test('a letter on a checkbox runs: nothing is typed there', async () => {
	const run = add('e');
	await press('e', {}, put('<input type="checkbox">'));
	expect(run).toHaveBeenCalledOnce();
});

test('Enter on a button presses the button, not the shortcut', async () => {
	const run = add('Enter');
	await press('Enter', {}, put('<button>Save</button>'));
	expect(run).not.toHaveBeenCalled();
});

test('nothing of the page runs under an open dialog', async () => {
	const page = add('e');
	const dialog = add('d', { overDialogs: true });
	put('<div role="dialog" data-state="open"></div>');
	await press('e');
	await press('d');
	expect(page).not.toHaveBeenCalled();
	expect(dialog).toHaveBeenCalledOnce();
});

test('the second key of a chord does not do what it does alone', async () => {
	const alone = add('c');
	const chord = add('g c');
	await press('g');
	await press('c');
	expect(chord).toHaveBeenCalledOnce();
	expect(alone).not.toHaveBeenCalled();
	await press('c');
	expect(alone).toHaveBeenCalledOnce();
});

test('a sign runs with and without Shift, as keyboards differ', async () => {
	const run = add('/');
	await press('/');
	await press('/', { shiftKey: true });
	expect(run).toHaveBeenCalledTimes(2);
});

test('letters can be switched off, combinations stay', async () => {
	const letter = add('e');
	const combination = add('Control+s');
	letters.set('off');
	await press('e');
	await press('s', { ctrlKey: true });
	expect(letter).not.toHaveBeenCalled();
	expect(combination).toHaveBeenCalledOnce();
});
