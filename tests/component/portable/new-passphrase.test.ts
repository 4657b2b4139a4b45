import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import NewPassphrase from '$lib/portable/NewPassphrase.svelte';

afterEach(cleanup);

const first = () => screen.getByLabelText<HTMLInputElement>('Passphrase');
const second = () => screen.getByLabelText<HTMLInputElement>('Repeat the passphrase');

test('a new passphrase is repeated, and is refused until both are the same', async () => {
	const user = userEvent.setup();
	render(NewPassphrase, { label: 'Passphrase', value: '', hint: 'Keep it well.' });
	expect(screen.queryByLabelText('Repeat the passphrase')).toBeNull();
	await user.type(first(), 'horse');
	expect(second().checkValidity()).toBe(false);
	await user.type(second(), 'house');
	await user.tab();
	expect(second()).toHaveAccessibleDescription('The two are not the same.');
	expect(second().checkValidity()).toBe(false);
	await user.clear(second());
	await user.type(second(), 'horse');
	expect(second().checkValidity()).toBe(true);
	expect(screen.queryByText('The two are not the same.')).toBeNull();
});

test('a new passphrase is masked until it is asked to be shown', async () => {
	const user = userEvent.setup();
	render(NewPassphrase, { label: 'Passphrase', value: 'horse', hint: 'Keep it well.' });
	const show = screen.getByRole('button', { name: 'Show the passphrase' });
	expect([first().type, second().type]).toEqual(['password', 'password']);
	await user.click(show);
	expect(show).toHaveAttribute('aria-pressed', 'true');
	expect([first().type, second().type]).toEqual(['text', 'text']);
});
