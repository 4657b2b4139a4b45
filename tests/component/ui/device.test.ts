import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import DropZone from '$lib/ui/DropZone.svelte';
import { Preference } from '$lib/ui/preference.svelte';
import Toaster from '$lib/ui/Toaster.svelte';
import { takeBackSaid, toast } from '$lib/ui/toast';
import './ready';

afterEach(() => {
	cleanup();
	localStorage.clear();
});

test('a preference is kept, shown on the document and read again', () => {
	const made = new Preference('hue', ['plain', 'loud']);
	expect(made.current).toBe('plain');
	made.set('loud');
	expect(document.documentElement.dataset.hue).toBe('loud');
	expect(new Preference('hue', ['plain', 'loud']).current).toBe('loud');
	made.set('plain');
	expect(document.documentElement.dataset.hue).toBeUndefined();
});

test('a preference that is no longer offered is the default', () => {
	localStorage.setItem('winnow:hue', 'gone');
	expect(new Preference('hue', ['plain', 'loud']).current).toBe('plain');
});

test('another tab changes it here too', () => {
	const here = new Preference('hue', ['plain', 'loud']);
	window.dispatchEvent(new StorageEvent('storage', { key: 'winnow:hue', newValue: 'loud' }));
	expect(here.current).toBe('loud');
});

test('files over the window are announced, and given when they fall', async () => {
	const onfiles = vi.fn();
	render(DropZone, { title: 'Drop to import', onfiles });
	const file = new File(['a'], 'a.csv');
	const dataTransfer = { types: ['Files'], files: [file] };
	await fireEvent.dragEnter(window, { dataTransfer });
	expect(screen.getByText('Drop to import')).toBeTruthy();
	await fireEvent.drop(window, { dataTransfer });
	expect(onfiles).toHaveBeenCalledExactlyOnceWith([file]);
	expect(screen.queryByText('Drop to import')).toBeNull();
});

test('text dragged within the page is left alone', async () => {
	render(DropZone, { title: 'Drop to import', onfiles() {} });
	await fireEvent.dragEnter(window, { dataTransfer: { types: ['text/plain'], files: [] } });
	expect(screen.queryByText('Drop to import')).toBeNull();
});

test('pasted rows are given, pasted into a field they are not', async () => {
	const ontext = vi.fn();
	render(DropZone, { title: 'Drop to import', onfiles() {}, ontext });
	const clipboardData = { files: [], getData: () => 'a\tb\nc\td' };
	const field = document.createElement('input');
	document.body.append(field);
	await fireEvent.paste(field, { clipboardData });
	expect(ontext).not.toHaveBeenCalled();
	await fireEvent.paste(document.body, { clipboardData });
	expect(ontext).toHaveBeenCalledExactlyOnceWith('a\tb\nc\td');
	field.remove();
});

test('a toast says what happened and undoes it', async () => {
	const undo = vi.fn();
	render(Toaster);
	await toast('3 segments archived.', { undo });
	expect(await screen.findByText('3 segments archived.')).toBeTruthy();
	await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
	expect(undo).toHaveBeenCalledOnce();
});

test('what a toast offers is taken back by the keys too, the newest first, unless something was done since', async () => {
	render(Toaster);
	const done: string[] = [];
	const begin = Date.now();
	await toast('Archived.', { undo: () => done.push('archived') });
	await toast('Renamed.', { undo: () => done.push('renamed') });
	await screen.findByText('Renamed.');
	expect(takeBackSaid(Date.now() + 1_000)).toBeUndefined();
	expect(takeBackSaid(begin)).toBe('Renamed.');
	expect(done).toEqual(['renamed']);
	await waitFor(() => expect(screen.queryByText('Renamed.')).toBeNull());
	expect(takeBackSaid(begin)).toBe('Archived.');
	expect(takeBackSaid(begin)).toBeUndefined();
	expect(done).toEqual(['renamed', 'archived']);
});
