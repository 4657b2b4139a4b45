import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ValueEditor from '$lib/contacts/ValueEditor.svelte';
import type { Field } from '$lib/fields/field';
import type { FieldValue } from '$lib/fields/value';

afterEach(cleanup);

function open(field: Omit<Field, 'id' | 'name'>, value?: FieldValue) {
	const user = userEvent.setup();
	const [oncommit, oncancel, onrefused] = [vi.fn(), vi.fn(), vi.fn()];
	render(ValueEditor, {
		field: { id: 'f', name: 'F', ...field },
		label: 'F of Ada',
		value,
		zone: 'Europe/Zurich',
		oncommit,
		oncancel,
		onrefused
	});
	return { user, oncommit, oncancel, onrefused };
}

const plans = [
	{ id: 'gold', name: 'Gold' },
	{ id: 'free', name: 'Free' }
];

describe('the editor of a value', () => {
	it('has the focus and the value; Enter commits, once', async () => {
		const { user, oncommit, oncancel } = open({ type: 'text' }, 'Bern');
		expect(screen.getByLabelText('F of Ada')).toHaveFocus();
		await user.clear(screen.getByLabelText('F of Ada'));
		await user.keyboard(' Basel {Enter}');
		await user.tab();
		expect(oncommit.mock.calls).toEqual([['Basel', false]]);
		expect(oncancel).not.toHaveBeenCalled();
	});

	it('has lines for JSON: Enter makes one, Ctrl and Enter commit, and what is wrong is said', async () => {
		const { user, oncommit } = open({ type: 'json' }, { city: 'Bern' });
		const control = screen.getByLabelText('F of Ada');
		expect(control).toHaveFocus();
		expect(control).toHaveValue('{\n  "city": "Bern"\n}');
		await user.clear(control);
		await user.keyboard('[[1,{Enter}2');
		await user.keyboard('{Control>}{Enter}{/Control}');
		expect(oncommit).not.toHaveBeenCalled();
		expect(screen.getByRole('alert')).toHaveTextContent(/^This is not JSON: /);
		await user.keyboard(']');
		expect(screen.queryByRole('alert')).toBeNull();
		await user.keyboard('{Control>}{Enter}{/Control}');
		expect(oncommit.mock.calls).toEqual([[[1, 2], false]]);
	});

	it('is left with what was entered', async () => {
		const { user, oncommit } = open({ type: 'number' }, 5);
		await user.clear(screen.getByLabelText('F of Ada'));
		await user.keyboard('7,5');
		await user.tab();
		expect(oncommit.mock.calls).toEqual([[7.5, true]]);
	});

	it('is put away with Escape, which nobody else hears', async () => {
		const { user, oncommit, oncancel } = open({ type: 'text' }, 'Bern');
		const heard = vi.fn();
		document.body.addEventListener('keydown', heard);
		await user.keyboard('x{Escape}');
		document.body.removeEventListener('keydown', heard);
		await user.tab();
		expect(oncancel).toHaveBeenCalledOnce();
		expect(oncommit).not.toHaveBeenCalled();
		expect(heard).not.toHaveBeenCalled();
	});

	it('says what does not read, and goes on', async () => {
		const { user, oncommit } = open({ type: 'email' }, 'ada@example.com');
		const input = screen.getByLabelText('F of Ada');
		await user.clear(input);
		await user.keyboard('ada{Enter}');
		expect(screen.getByRole('alert')).toHaveTextContent('“ada” is not an email address');
		expect(input).toHaveAccessibleDescription(/not an email address/);
		expect(oncommit).not.toHaveBeenCalled();
		await user.keyboard('@example.org');
		expect(screen.queryByRole('alert')).toBeNull();
		await user.keyboard('{Enter}');
		expect(oncommit.mock.calls).toEqual([['ada@example.org', false]]);
	});

	it('restores when it is left with what does not read', async () => {
		const { user, oncommit, oncancel, onrefused } = open({ type: 'date' }, '2024-02-29');
		const input = screen.getByLabelText('F of Ada');
		expect(input).toHaveValue('2024-02-29');
		await user.clear(input);
		await user.tab();
		// An emptied date is no mistake.
		expect(oncommit.mock.calls).toEqual([[null, true]]);
		cleanup();

		const number = open({ type: 'number' }, 5);
		await number.user.keyboard('five');
		await number.user.tab();
		expect(number.oncancel).toHaveBeenCalledOnce();
		expect(number.onrefused.mock.calls[0]?.[0]).toContain('is not a number');
		expect(oncancel).not.toHaveBeenCalled();
		expect(onrefused).not.toHaveBeenCalled();
	});

	it('offers choices, also one that is none any more', async () => {
		const { user, oncommit } = open({ type: 'select', options: plans }, 'silver');
		const names = screen.getAllByRole('option').map((option) => option.textContent);
		expect(names).toEqual(['–', 'Gold', 'Free', 'silver']);
		await user.selectOptions(screen.getByLabelText('F of Ada'), 'Free');
		await user.keyboard('{Enter}');
		expect(oncommit.mock.calls).toEqual([['free', false]]);
	});

	it('takes several choices, and none', async () => {
		const { user, oncommit } = open({ type: 'multiselect', options: plans }, ['gold']);
		await user.click(screen.getByLabelText('Free'));
		await user.click(screen.getByLabelText('Gold'));
		await user.keyboard('{Enter}');
		expect(oncommit.mock.calls).toEqual([[['free'], false]]);
		cleanup();
		const none = open({ type: 'multiselect', options: plans }, ['gold']);
		await none.user.click(screen.getByLabelText('Gold'));
		await none.user.tab();
		await none.user.tab();
		expect(none.oncommit.mock.calls).toEqual([[null, true]]);
	});
});
