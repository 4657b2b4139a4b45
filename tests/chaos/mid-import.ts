import type { Page } from 'playwright-core';
import { Found } from './found';
import { fileOf, ImportPage, type ImportFile } from './import-page';
import type { KeptImport } from './lab/kept';
import { momentWithin, sayMoment, tapOf, type Span } from './moment';
import { reopened } from './reopen';
import type { Scene, Setting } from './situation';
import { countOnly } from './tap';
import type { World } from './world';

const rows = 3_000;

/** Killed while a person imports a file of contacts or events on the app's own page. */
export function midImport({ world, random, catalogue }: Setting): Scene {
	let made = 0;
	/** What an import took when nobody disturbed it; until one was seen, about so much. */
	const spans = {
		contacts: { writes: 350, ms: 2_500 },
		events: { writes: 370, ms: 2_500 }
	};
	return async () => {
		const file = fileOf(random.pick(['contacts', 'events'] as const), rows, `f${made++}-`);
		const span = spans[file.kind];
		const page = await ImportPage.open(world);
		await page.choose(file);

		const moment = momentWithin(random, span);
		await world.arm(page.page, tapOf(moment, 'now'));
		let isAnswered = false;
		const answered = page.run(file).then(() => (isAnswered = true));
		const came = await world.strike(moment, answered);

		const found = new Found('import', `${sayMoment(moment, span, came)} of ${file.kind}`);
		const address = { workspace: world.appWorkspace };
		const lab = await reopened(world, address, catalogue, found);
		if (!lab) return found;
		const isThere = await lookAt(lab.page, file, found);
		if (isAnswered && !isThere) found.lost.push(`the import of ${file.name}`);
		await lab.page.close();

		const after = await ImportPage.open(world);
		const compare = async (isDone: boolean) => {
			const wrong = await after.disagreement(file, isDone ? file.people : 0, isDone);
			if (wrong) found.half.push(wrong);
		};
		await compare(isThere);
		if (isThere) await after.undo(file);
		await compare(false);
		await after.choose(file);
		spans[file.kind] = await measured(world, after, file);
		await compare(true);
		await after.undo(file);
		await compare(false);
		const then = isThere ? 'undone, done again and undone' : 'done again and undone';
		found.notes.push(
			`${isAnswered ? '' : 'not '}answered, ${isThere ? 'wholly' : 'not'} there; ${then}`
		);
		await after.page.close();
		return found;
	};
}

/** Whether the import is there: its part of the ledger, and as many contacts and events. */
async function lookAt(lab: Page, { name, prefix, people, events }: ImportFile, found: Found) {
	const runs: readonly KeptImport[] = await lab.evaluate(() =>
		window.chaos.engine.call('keptImports')
	);
	const mine = runs.filter(({ file }) => file === name);
	const there = await lab.evaluate(
		(prefix) => window.chaos.engine.call('peopleOf', prefix),
		prefix
	);
	const [run] = mine;
	const isWhole =
		mine.length === 1 &&
		!run!.isUndone &&
		run!.contacts === people &&
		run!.events === events &&
		there.contacts === people &&
		there.events === events;
	const isAbsent = mine.length === 0 && there.contacts === 0 && there.events === 0;
	if (!isWhole && !isAbsent)
		found.half.push(`of ${name} there is ${JSON.stringify(mine)} and ${JSON.stringify(there)}`);
	return isWhole;
}

/** Imports what was chosen, and measures it. */
async function measured(world: World, page: ImportPage, file: ImportFile): Promise<Span> {
	await world.arm(page.page, countOnly('now'));
	const begin = performance.now();
	await page.run(file);
	return { writes: await world.counted(page.page), ms: performance.now() - begin };
}
