import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { withFoundValues } from '$lib/imports/columns/found-values';
import type { Column, Mapping } from '$lib/imports/mapping';
import { valuesByKey } from '$lib/imports/value-counts';
import { Desk } from '../../../fixtures/csv/desk';

let desk: Desk;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(() => desk.close());

/** The header, then 1,000 rows with one value, then rows with each of the others. */
const file = (header: string, first: string, ...later: readonly string[]) =>
	[
		`EMAIL;${header}`,
		...Array.from({ length: 1_000 }, (_, i) => `p${i}@example.com;${first}`),
		...later.map((value, i) => `later${i}@example.com;${value}`)
	].join('\n');

/** What the page makes of a mapping once the whole file was looked at. */
async function met(content: string, change = (mapping: Mapping): Mapping => mapping) {
	const { analysis } = await desk.plan(content);
	const mapping = change(analysis.mapping);
	const { columns, groups } = await desk.check(content, { mapping: () => mapping });
	return { groups, met: withFoundValues(mapping, analysis.mapping, columns) };
}

const saysOf = (columns: readonly Column[] = []) =>
	columns.flatMap(({ target }) => (target.target === 'consent' ? [target.says] : []));

const consent =
	(changes: Partial<Extract<Column['target'], { target: 'consent' }>>) =>
	(mapping: Mapping): Mapping => ({
		...mapping,
		columns: mapping.columns.map((column) =>
			column.target.target === 'consent'
				? { ...column, target: { ...column.target, ...changes } }
				: column
		)
	});

test('opt-outs that are only further down are asked about, and count', async () => {
	const brevo = file('EMAIL_BLACKLISTED', 'no', 'yes', 'Yes', 'no');
	const { met: found, groups } = await met(brevo);
	expect(groups).toMatchObject([{ problem: { type: 'UnknownConsent' }, rows: 2 }]);
	expect(found?.found).toEqual([1]);
	expect(saysOf(found?.mapping.columns)).toEqual([{ no: 'nothing', yes: 'unsubscribed' }]);

	await desk.import(file('OPT_IN', 'yes', 'yes', 'yes', 'yes'));
	const mapping = () => found!.mapping;
	const { counts, columns } = await desk.import(brevo, { mapping });
	expect(counts).toMatchObject({ rejected: 0, updated: 2 });
	expect(columns[1]?.values).toEqual([
		{ value: 'no', rows: 1_001 },
		{ value: 'yes', rows: 2 }
	]);
	const [first, second, third] = await desk.contacts('email_consent');
	expect([first, second, third].map((one) => one?.email_consent)).toEqual([
		'unsubscribed',
		'unsubscribed',
		'subscribed'
	]);
	expect(withFoundValues(mapping(), mapping(), columns)).toBeUndefined();
});

test('a remembered mapping that meets a new value proposes what it most likely says', async () => {
	const content = file('EMAIL_BLACKLISTED', 'no', '1');
	// As it was remembered before columns told what they are about.
	const old = consent({ says: { yes: 'unsubscribed', no: 'nothing' }, polarity: undefined });
	expect(saysOf((await met(content, old)).met?.mapping.columns)).toEqual([
		{ yes: 'unsubscribed', no: 'nothing', '1': 'unsubscribed' }
	]);
});

test('what was decided for any other value is not asked again', async () => {
	const content = file('EMAIL_BLACKLISTED', 'no', 'perhaps');
	expect((await met(content, consent({ otherwise: 'unsubscribed' }))).met).toBeUndefined();
});

test('what is different in every row is decided together', async () => {
	const days = Array.from({ length: 150 }, (_, i) => `day ${i}`);
	const { met: found, groups } = await met(file('OPT_IN', 'yes', ...days));
	expect(found).toBeUndefined();
	expect(groups).toMatchObject([{ problem: { type: 'UnknownConsent' }, rows: 150 }]);
});

test('values are counted in the whole file, without regard to case and blanks', async () => {
	const content = ['Email;Event;Time']
		.concat(Array.from({ length: 1_000 }, () => 'ana@example.com;open;2025-03-01'))
		.concat('ana@example.com; Open ;2025-03-02', 'ana@example.com;Swiped;2025-03-03')
		.join('\n');
	const { columns } = await desk.check(content);
	expect(columns.map(({ values }) => values)).toEqual([
		undefined,
		[
			{ value: 'open', rows: 1_001 },
			{ value: 'Swiped', rows: 1 }
		],
		undefined
	]);
	const first = [{ value: 'OPEN', rows: 1_000 }];
	expect([...valuesByKey(first, columns[1]!.values)]).toEqual([
		['open', { value: 'OPEN', rows: 1_001 }],
		['swiped', { value: 'Swiped', rows: 1 }]
	]);
	expect([...valuesByKey(first, undefined)]).toEqual([
		['open', { value: 'OPEN', rows: undefined }]
	]);
});
