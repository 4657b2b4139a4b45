import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { kinds } from '$lib/rules/conditions/registry';
import { families } from '$lib/rules/operators/families';
import { rulesTable, withRules } from '../../../src/scripts/rules-table';

test('the README says of kinds and operators what the code says: else `npm run readme` does', async () => {
	const readme = await readFile('README.md', 'utf8');
	const layout = { ...(await resolveConfig('README.md')), parser: 'markdown' };
	expect(readme).toBe(await format(withRules(readme), layout));
});

test('every kind and every operator has a line', () => {
	const lines = rulesTable()
		.split('\n')
		.filter((line) => line.startsWith('| '));
	const operators = Object.values(families).flatMap(({ info }) => Object.keys(info));
	expect(lines).toHaveLength(kinds.length + operators.length + 2);
});
