import type { Page } from 'playwright-core';
import type { EngineInfo } from '../../src/lib/engine/protocol';
import { migrationCount } from './lab/build';
import type { Found } from './found';
import type { Span } from './moment';
import { countOnly } from './tap';
import type { LabAddress, World } from './world';

/** The catalogue of a database that nobody ever disturbed. */
let reference: Promise<string> | undefined;

export function catalogueOf(world: World): Promise<string> {
	return (reference ??= readReference(world));
}

async function readReference(world: World): Promise<string> {
	const page = await world.lab({ workspace: 'reference' });
	const { catalogue } = await page.evaluate(() => window.chaos.engine.call('soundness'));
	await page.close();
	return catalogue;
}

/** Waits until the database has answered, and gives what is known of it; or why it has not. */
export const opened = (page: Page): Promise<EngineInfo | string> =>
	page.evaluate(async () => {
		const { engine } = window.chaos;
		const failure = await engine.call('ping').then(
			() => undefined,
			(error: Error) => error.message
		);
		const { state } = engine;
		return state.status === 'ready' ? state.info : `${state.status}: ${failure}`;
	});

/** A page whose database has been looked at, and how long opening it took. */
export interface Reopened {
	readonly page: Page;
	readonly opening: Span;
}

/**
 * Opens what a kill left behind, in the lab, and looks at all of it: it must be the same database on the same store, of
 * this version, agree with itself, and take something new. `undefined` when it does not open or answer.
 */
export async function reopened(
	world: World,
	address: LabAddress,
	catalogue: string,
	found: Found
): Promise<Reopened | undefined> {
	world.tapNext(countOnly('start'));
	const begin = performance.now();
	const page = await world.lab(address);
	const info = await opened(page);
	if (typeof info === 'string') {
		found.corrupt.push(`it does not open (${info})`);
		return;
	}
	const opening = { writes: await world.counted(page), ms: performance.now() - begin };
	if (info.store !== 'opfs-ahp') found.corrupt.push(`it opened on ${info.store}`);
	if (info.cold || info.lost) found.corrupt.push('it opened empty');
	try {
		found.corrupt.push(...(await contradictions(page, catalogue)));
		await probe(page);
	} catch (error) {
		found.corrupt.push(`it does not answer (${String(error)})`);
		return;
	}
	return { page, opening };
}

/** Writes something new, and takes it away. */
async function probe(page: Page): Promise<void> {
	await page.evaluate(async (uid) => {
		const { engine } = window.chaos;
		const nobody = { uid, values: [], tags: [], lists: [] };
		await engine.call('addContact', `${uid} add`, nobody, Date.now());
		if ((await engine.call('forget', `${uid} gone`, uid)) !== 1)
			throw new Error('What was written just now is not there.');
	}, `probe-${crypto.randomUUID()}`);
}

async function contradictions(page: Page, catalogue: string): Promise<string[]> {
	const seen = await page.evaluate(() => window.chaos.engine.call('soundness'));
	const wrong: string[] = [];
	const versions = Array.from({ length: migrationCount }, (_, i) => i + 1);
	if (seen.versions.join() !== versions.join()) wrong.push(`it is of version ${seen.versions}`);
	if (seen.catalogue !== catalogue)
		wrong.push(`its tables are ${difference(seen.catalogue, catalogue)}`);
	for (const { index, used, byTable, byIndex } of seen.indexes) {
		if (!used) wrong.push(`${index} could not be read by itself`);
		if (byTable !== byIndex) wrong.push(`${index} leads to ${byIndex}, the table has ${byTable}`);
	}
	for (const { what, rows } of seen.orphans) wrong.push(`${rows} × ${what}`);
	return wrong;
}

function difference(is: string, should: string): string {
	const [here, there] = [is.split('\n'), should.split('\n')];
	const more = here.filter((line) => !there.includes(line)).map((line) => `+ ${line}`);
	const less = there.filter((line) => !here.includes(line)).map((line) => `- ${line}`);
	return [...more, ...less].join(', ');
}
