import '@testing-library/jest-dom/vitest';
import '../ui/ready';
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import OperatorToken from '$lib/rules/editing/OperatorToken.svelte';
import { operatorInfos } from '$lib/rules/operators/families';
import { spoken } from '$lib/rules/spoken.svelte';

afterEach(async () => {
	cleanup();
	await spoken.choose('en');
	localStorage.clear();
});

test('operators are called in the language rules are said in, and found by their other names too', async () => {
	await spoken.choose('de');
	render(OperatorToken, {
		label: 'Country, operator',
		operator: 'isAnyOf',
		infos: operatorInfos('text', 'text'),
		ofOne: false,
		onchange() {}
	});
	const token = screen.getByRole('button', { name: /Country, operator/ });
	expect(token).toHaveTextContent('ist eines von');
	await userEvent.click(token);
	const found = async (words: string) => {
		const search = await screen.findByRole('combobox');
		await userEvent.clear(search);
		await userEvent.type(search, words);
		return screen.getAllByRole('option').map((option) => option.textContent?.trim() ?? '');
	};
	expect((await found('beginnt'))[0]).toMatch(/^beginnt mit\s*Es fängt mit dem Text an/);
	// By its English label, and by what others call it.
	expect((await found('starts with'))[0]).toMatch(/^beginnt mit/);
	expect((await found('regex'))[0]).toMatch(/^entspricht dem Muster/);

	await spoken.choose('en');
	expect(token).toHaveTextContent('is any of');
});
