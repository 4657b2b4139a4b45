import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from '../e2e/harness';
import type { World } from './world';

const patience = { timeout: 60_000 };

/** A file to import; nobody in it is in another. */
export interface ImportFile {
	readonly kind: 'contacts' | 'events';
	readonly name: string;
	readonly text: string;
	readonly rows: number;
	/** What its addresses begin with. */
	readonly prefix: string;
	/** How many contacts and events it makes. */
	readonly people: number;
	readonly events: number;
}

export function fileOf(kind: ImportFile['kind'], rows: number, prefix: string): ImportFile {
	const numbers = Array.from({ length: rows }, (_, i) => i);
	const name = `${prefix}${kind}.csv`;
	if (kind === 'contacts') {
		const lines = numbers.map((i) => `${prefix}${i}@example.com,P${i},Bern`);
		const text = ['Email,First name,City', ...lines].join('\n');
		return { kind, name, text, rows, prefix, people: rows, events: 0 };
	}
	const people = rows / 3;
	const lines = numbers.map(
		(i) => `${prefix}${i},${prefix}${i % people}@example.com,2025-04-03T10:00:00Z,${i}.50`
	);
	const text = ['Order ID,Email,Created at,Total', ...lines].join('\n');
	return { kind, name, text, rows, prefix, people, events: rows };
}

/** The app's page of imports, as a person uses it. */
export class ImportPage {
	readonly page: Page;

	private constructor(page: Page) {
		this.page = page;
	}

	static async open(world: World): Promise<ImportPage> {
		const page = await world.app('#/import');
		await page.getByRole('status').getByText('Saved on this device').waitFor(patience);
		return new ImportPage(page);
	}

	async choose({ name, text }: ImportFile): Promise<void> {
		const buffer = Buffer.from(text);
		await this.page.getByLabel('Choose file').setInputFiles({ name, mimeType: 'text/csv', buffer });
		await this.page.getByRole('heading', { name: 'Columns' }).waitFor(patience);
	}

	/** Imports what was chosen. Resolves when the page says that it is done. */
	async run({ kind, rows }: ImportFile): Promise<void> {
		const name = `Import ${rows.toLocaleString('en')} ${kind}`;
		await this.page.getByRole('button', { name, disabled: false }).click(patience);
		await this.page.getByRole('heading', { name: 'Done' }).waitFor(patience);
	}

	async undo({ name }: ImportFile): Promise<void> {
		await this.#undoOf(name).click(patience);
		await this.page.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click();
	}

	#undoOf = (name: string) =>
		this.page
			.getByRole('region', { name: 'Past imports' })
			.getByRole('button', { name: `Undo import of ${name}` });

	/** How many contacts there are, as the navigation says. */
	async #people(): Promise<number> {
		const link = this.page
			.getByRole('navigation', { name: 'Main' })
			.getByRole('link', { name: /^Contacts/ });
		return Number((await link.innerText()).replaceAll(/\D/g, ''));
	}

	/** What the page does not say of an import although it is so, if anything. */
	async disagreement(
		{ name }: ImportFile,
		people: number,
		isDone: boolean
	): Promise<string | undefined> {
		try {
			await eventually(
				async () => {
					assert.equal(await this.#people(), people);
					assert.equal(await this.#undoOf(name).count(), isDone ? 1 : 0);
				},
				{ within: 30_000 }
			);
			return;
		} catch (error) {
			return `the page says of ${name}: ${(error as Error).message}`;
		}
	}
}
