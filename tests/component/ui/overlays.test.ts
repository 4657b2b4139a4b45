import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import ConfirmDialog from '$lib/ui/ConfirmDialog.svelte';
import Dialog from '$lib/ui/Dialog.svelte';
import Menu from '$lib/ui/Menu.svelte';
import Token from '$lib/ui/Token.svelte';
import { words } from './words';
import './ready';

afterEach(cleanup);

test('a dialog has its title as its name, and Escape asks to close it', async () => {
	const onclose = vi.fn();
	render(Dialog, { open: true, onclose, title: 'Rename', description: 'Give it a name.' });
	const dialog = await screen.findByRole('dialog', { name: 'Rename' });
	expect(dialog.getAttribute('aria-modal')).toBe('true');
	await userEvent.keyboard('{Escape}');
	await waitFor(() => expect(onclose).toHaveBeenCalledOnce());
});

test('what must be typed keeps the button off until it is typed exactly', async () => {
	const onconfirm = vi.fn();
	render(ConfirmDialog, {
		open: true,
		onclose() {},
		onconfirm,
		title: 'Erase this device',
		confirmLabel: 'Erase',
		danger: true,
		mustType: 'Shop'
	});
	const field = await screen.findByRole('textbox');
	await waitFor(() => expect(document.activeElement).toBe(field));
	await userEvent.type(field, 'shop{Enter}');
	expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Erase' }).disabled).toBe(true);
	expect(onconfirm).not.toHaveBeenCalled();
	await userEvent.clear(field);
	await userEvent.type(field, 'Shop{Enter}');
	expect(onconfirm).toHaveBeenCalledOnce();
});

test('a menu opens with the keyboard, runs what is chosen and gives the focus back', async () => {
	const onselect = vi.fn();
	render(Menu, {
		label: 'More for DACH',
		items: [{ label: 'Duplicate' }, { type: 'separator' }, { label: 'Archive', onselect }]
	});
	const button = screen.getByRole('button', { name: 'More for DACH' });
	button.focus();
	await userEvent.keyboard('{Enter}');
	await screen.findByRole('menu', { name: 'More for DACH' });
	expect(button.getAttribute('aria-expanded')).toBe('true');
	await userEvent.click(screen.getByRole('menuitem', { name: 'Archive' }));
	expect(onselect).toHaveBeenCalledOnce();
	await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
	await waitFor(() => expect(document.activeElement).toBe(button));
});

test('an item that is off cannot be chosen', async () => {
	const onselect = vi.fn();
	render(Menu, {
		label: 'More',
		open: true,
		items: [{ label: 'Merge', disabled: true, onselect }]
	});
	const item = await screen.findByRole('menuitem', { name: 'Merge' });
	expect(item.getAttribute('aria-disabled')).toBe('true');
	item.click();
	expect(onselect).not.toHaveBeenCalled();
});

test('a token opens its popover and says what is wrong with it', async () => {
	render(Token, {
		text: 'is any of',
		label: 'Country, operator',
		issue: 'The field is gone.',
		popover: words('operators')
	});
	const token = screen.getByRole('button', { name: 'Country, operator: is any of' });
	const described = document.getElementById(token.getAttribute('aria-describedby') ?? '');
	expect(described?.textContent).toBe('The field is gone.');
	await userEvent.click(token);
	const popover = await screen.findByRole('dialog', { name: 'Country, operator' });
	expect(popover.textContent).toContain('operators');
	await userEvent.keyboard('{Escape}');
	await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});
