import { afterEach, expect, test, vi } from 'vitest';
import type { Database } from '$lib/db/db';
import { Desk, done } from '../../fixtures/csv/desk';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
let desk: Desk;
afterEach(() => desk.close());

const many = (n: number, city = 'Bern') =>
	`Email,City,Tags\n${Array.from({ length: n }, (_, i) => `p${i}@example.com,${city},t${i % 3}`).join('\n')}\n`;

test.each(['reading', 'writing', 'finishing'] as const)(
	'an import cancelled while %s leaves nothing behind',
	async (step) => {
		desk = await Desk.open();
		await desk.import(many(1500, 'Basel'));
		const before = await desk.everything();
		const { file, plan } = await desk.plan(many(3000), { merging: { policy: 'overwrite' } });
		desk.onprogress = (news) => {
			if (news.job === plan.id && news.step === step) void desk.api.cancelImport(plan.id);
		};
		expect(await desk.api.runImport(file, plan)).toEqual({ status: 'cancelled' });
		expect(await desk.everything()).toEqual(before);
		expect(await desk.api.importRuns()).toHaveLength(1);

		desk.onprogress = () => {};
		expect(done(await desk.api.runImport(file, plan)).counts).toMatchObject({
			created: 1500,
			updated: 1500
		});
	}
);

test('while a file is read, progress is of as many rows as the file was said to have', async () => {
	desk = await Desk.open();
	const { file, plan, analysis } = await desk.plan(many(5_000));
	const totals = new Set<number | undefined>();
	desk.onprogress = ({ step, total }) => {
		if (step === 'reading') totals.add(total);
	};
	done(await desk.api.checkImport('check', file, plan));
	expect(analysis.rows).toBe(5_000);
	expect([...totals]).toEqual([5_000]);
});

test('a cancel is heard within the part that is being written', async () => {
	desk = await Desk.open();
	const { file, plan } = await desk.plan(many(20_000));
	let asked = Infinity;
	let written = 0;
	desk.onprogress = ({ step, done }) => {
		if (step !== 'writing') return;
		if (asked < Infinity) written++;
		else if (done > 3000) {
			asked = done;
			void desk.api.cancelImport(plan.id);
		}
	};
	expect(await desk.api.runImport(file, plan)).toEqual({ status: 'cancelled' });
	expect(written).toBeLessThanOrEqual(1);
});

test('other questions are answered while a file is read', async () => {
	desk = await Desk.open();
	const { file, plan } = await desk.plan(many(20_000));
	let answered = 0;
	let asking: Promise<unknown> | undefined;
	desk.onprogress = ({ step }) => {
		if (step !== 'reading' || asking) return;
		asking = desk.api.importRuns().then(() => answered++);
	};
	const check = desk.api.checkImport('check', file, plan);
	await asking;
	await check;
	expect(answered).toBe(1);
});

test('one import at a time; a dry run gives way', async () => {
	desk = await Desk.open();
	const { file, plan } = await desk.plan(many(5000));
	const check = desk.api.checkImport('check', file, plan);
	const run = desk.api.runImport(file, plan);
	const other = desk.api.runImport(file, { ...plan, id: 'other' });
	expect(await check).toEqual({ status: 'cancelled' });
	expect(await other).toEqual({ status: 'refused', refusal: { type: 'Busy' } });
	expect((await run).status).toBe('done');
});

/** A database whose disk is full from the nth COPY on, as Postgres says it. */
const fullAfter =
	(copies: number) =>
	(database: Database): Database => ({
		...database,
		bulk: (work) => {
			let left = copies;
			return database.bulk((tx) =>
				work({
					...tx,
					copyIn: async (statement, data) => {
						if (left-- === 0)
							throw Object.assign(new Error('could not extend file: No space left on device'), {
								code: '53100'
							});
						await tx.copyIn(statement, data);
					}
				})
			);
		}
	});

test('a full disk is answered, and leaves nothing behind', async () => {
	desk = await Desk.open({ through: fullAfter(2) });
	const before = await desk.everything();
	const { file, plan } = await desk.plan(many(3000));
	expect(await desk.api.runImport(file, plan)).toEqual({
		status: 'refused',
		refusal: { type: 'DiskFull' }
	});
	expect(await desk.everything()).toEqual(before);
	expect(await desk.api.importRuns()).toEqual([]);
});

test('a file is refused before it is read when the browser has no room for it', async () => {
	desk = await Desk.open({ estimate: async () => ({ quota: 500_000_000, usage: 400_000_000 }) });
	const file = new File(['Email\na@example.com'], 'a.csv');
	expect(
		await desk.api.analyseFile(
			file,
			{},
			{ fields: new Map(), eventTypes: new Map(), tags: new Map(), lists: new Map() }
		)
	).toMatchObject({
		ok: false,
		error: { type: 'NoRoom', free: 100_000_000 }
	});
});

test('a workspace held in memory does not outgrow it', async () => {
	desk = await Desk.open();
	const limits = { contacts: 1000, events: 1000 };
	await desk.import(many(900), { limits });
	const { file, plan } = await desk.plan(many(1200), { limits });
	const refused = {
		status: 'refused',
		refusal: { type: 'TooMany', what: 'contacts', limit: 1000 }
	};
	expect(await desk.api.checkImport('check', file, plan)).toEqual(refused);
	expect(await desk.api.runImport(file, plan)).toEqual(refused);
	expect((await desk.contacts()).length).toBe(900);
});
