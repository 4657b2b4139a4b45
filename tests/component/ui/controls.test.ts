import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import Button from '$lib/ui/Button.svelte';
import Checkbox from '$lib/ui/Checkbox.svelte';
import Chip from '$lib/ui/Chip.svelte';
import FileButton from '$lib/ui/FileButton.svelte';
import RadioGroup from '$lib/ui/RadioGroup.svelte';
import Segmented from '$lib/ui/Segmented.svelte';
import Select from '$lib/ui/Select.svelte';
import Switch from '$lib/ui/Switch.svelte';
import Tabs from '$lib/ui/Tabs.svelte';
import TextField from '$lib/ui/TextField.svelte';
import { words } from './words';

afterEach(cleanup);

const sizes = [
	{ value: 's', label: 'Small' },
	{ value: 'm', label: 'Medium', disabled: true },
	{ value: 'l', label: 'Large' }
] as const;

test('the keys of a button are not part of its name', () => {
	render(Button, { keys: 'e', children: words('Edit rules') });
	const button = screen.getByRole('button', { name: 'Edit rules' });
	expect(button.getAttribute('aria-keyshortcuts')).toBe('e');
	expect(button.textContent).toContain('E');
});

test('a busy button keeps the focus and does nothing', async () => {
	const onclick = vi.fn();
	render(Button, { busy: true, onclick, children: words('Save') });
	const button = screen.getByRole('button', { name: 'Save' });
	button.focus();
	await userEvent.click(button);
	expect(onclick).not.toHaveBeenCalled();
	expect(document.activeElement).toBe(button);
});

test('a button with an address is a link, and none when it is disabled', async () => {
	const { rerender } = render(Button, { href: '#/segments', children: words('Segments') });
	expect(screen.getByRole('link').getAttribute('href')).toBe('#/segments');
	await rerender({ disabled: true });
	expect(screen.getByRole('link').hasAttribute('href')).toBe(false);
});

test('a field tells its hint and its error to those who cannot see them', () => {
	render(TextField, { label: 'E-mail', hint: 'Work', error: 'This is not an address.' });
	const field = screen.getByRole('textbox', { name: 'E-mail' });
	const described = (field.getAttribute('aria-describedby') ?? '')
		.split(' ')
		.map((id) => document.getElementById(id)?.textContent);
	expect(described).toEqual(['Work', 'This is not an address.']);
	expect(field.getAttribute('aria-invalid')).toBe('true');
});

test('a select gives the value that was chosen', async () => {
	const onchange = vi.fn();
	render(Select, {
		label: 'Size',
		value: undefined,
		options: sizes,
		onchange,
		placeholder: 'Pick'
	});
	const select = screen.getByRole('combobox', { name: 'Size' });
	expect(screen.getByRole<HTMLOptionElement>('option', { name: 'Pick' }).selected).toBe(true);
	await userEvent.selectOptions(select, 'Large');
	expect(onchange).toHaveBeenCalledExactlyOnceWith('l');
});

test('options of one group stand under its name', () => {
	render(Select, {
		label: 'Field',
		value: 'a',
		options: [
			{ value: 'a', label: 'E-mail' },
			{ value: 'b', label: 'Plan', group: 'Custom' }
		]
	});
	const group = screen.getByRole('group', { name: 'Custom' });
	expect(group.textContent?.trim()).toBe('Plan');
});

test('a checkbox says its new state', async () => {
	const onchange = vi.fn();
	render(Checkbox, { label: 'Trim spaces', checked: false, onchange });
	await userEvent.click(screen.getByRole('checkbox', { name: 'Trim spaces' }));
	expect(onchange.mock.calls[0]?.[0]).toBe(true);
});

test('a checkbox of some but not all is neither on nor off', () => {
	render(Checkbox, { label: 'All rows', hideLabel: true, indeterminate: true });
	expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'All rows' }).indeterminate).toBe(
		true
	);
});

test('a switch is a switch', async () => {
	const onchange = vi.fn();
	render(Switch, { label: 'Letters', onchange });
	await userEvent.click(screen.getByRole('switch', { name: 'Letters' }));
	expect(onchange).toHaveBeenCalledExactlyOnceWith(true);
});

test.each([
	['RadioGroup', RadioGroup],
	['Segmented', Segmented]
])('%s: one of its options is on, a disabled one cannot be', async (_, Group) => {
	const onchange = vi.fn();
	render(Group, { label: 'Size', value: 's', options: sizes, onchange });
	expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Small' }).checked).toBe(true);
	await userEvent.click(screen.getByRole('radio', { name: 'Medium' }));
	expect(onchange).not.toHaveBeenCalled();
	await userEvent.click(screen.getByRole('radio', { name: 'Large' }));
	expect(onchange).toHaveBeenCalledExactlyOnceWith('l');
});

test('arrow keys go round the tabs, and only the chosen one is in the tab order', async () => {
	const onchange = vi.fn();
	render(Tabs, {
		label: 'Details',
		value: 'people',
		tabs: [
			{ value: 'people', label: 'People' },
			{ value: 'trend', label: 'Trend' }
		],
		onchange,
		children: words('panel')
	});
	screen.getByRole('tab', { name: 'People' }).focus();
	await userEvent.keyboard('{ArrowRight}');
	expect(onchange).toHaveBeenLastCalledWith('trend');
	const trend = screen.getByRole('tab', { name: 'Trend' });
	expect(document.activeElement).toBe(trend);
	expect(screen.getAllByRole('tab').map((tab) => tab.tabIndex)).toEqual([-1, 0]);
	await userEvent.keyboard('{ArrowRight}');
	expect(onchange).toHaveBeenLastCalledWith('people');
	expect(screen.getByRole('tabpanel', { name: 'People' })).toBeTruthy();
});

test('a chip can be taken out by name', async () => {
	const onremove = vi.fn();
	render(Chip, { label: 'vip', onremove });
	await userEvent.click(screen.getByRole('button', { name: 'Remove vip' }));
	expect(onremove).toHaveBeenCalledOnce();
});

test('the same file can be chosen twice', async () => {
	const onfiles = vi.fn();
	render(FileButton, { label: 'Choose file', onfiles });
	const input = screen.getByLabelText<HTMLInputElement>('Choose file');
	const file = new File(['a'], 'a.csv');
	await userEvent.upload(input, file);
	expect(onfiles).toHaveBeenCalledExactlyOnceWith([file]);
	expect(input.value).toBe('');
});
