import '@testing-library/jest-dom/vitest';
import { createHash } from 'node:crypto';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { App } from '$lib/app.svelte';
import { rowOf } from '$lib/contacts/contact';
import { putContacts } from '$lib/contacts/queries';
import { createApi, type EngineApi } from '$lib/engine/api';
import type { Engine } from '$lib/engine/engine';
import type { EngineNews } from '$lib/engine/protocol';
import type { ExportAsk } from '$lib/exports/run';
import { ExportShelf } from '$lib/exports/shelf.svelte';
import { err } from '$lib/result';
import { NodeId, rootId, type Rule } from '$lib/rules/rule';
import { Workspace } from '$lib/workspace/workspace.svelte';
import { repeatable } from '../../../src/routes/exports/repeatable';
import { openTestDatabase, type TestDatabase } from '../../fixtures/database';
import WithApp from './WithApp.svelte';
import { alone } from '../alone';

const rule: Rule = {
	type: 'condition',
	id: NodeId.parse('all'),
	condition: { kind: 'everyone' }
};
const segment = { id: 's-1', name: 'Everyone / all' };
const now = Date.parse('2026-01-15T10:00:00Z');

let database: TestDatabase;
let app: App;
let saved: { name: string; text: string }[];
/** Asked before each call of the worker. */
let before: (method: string, ...args: readonly unknown[]) => Promise<void>;

/** The worker's methods without a worker between. */
function engineOf(api: EngineApi, listeners: Set<(news: EngineNews) => void>): Engine {
	const call = async (method: keyof EngineApi, ...args: never[]) => {
		await before(method, ...args);
		return (api[method] as (...args: never[]) => unknown)(...args);
	};
	const engine = {
		call,
		callWith: (_: unknown, ...rest: [keyof EngineApi, ...never[]]) => call(...rest),
		onnews(listener: (news: EngineNews) => void) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		onstate: () => () => {},
		state: { status: 'ready' },
		close() {}
	};
	return engine as unknown as Engine;
}

beforeAll(async () => {
	// What is loaded when it first opens takes its time to be transformed here.
	await import('$lib/ui/DialogPanel.svelte');
	database = await openTestDatabase();
	await database.write('people', async (tx) => {
		const dates = { created_at: '2025-03-01T08:30:00Z', updated_at: '2025-03-01T08:30:00Z' };
		const emails = ['ada@example.com', ' Bo@Example.com', 'cy@example.com', '=dee@example.com'];
		const rows = emails.map((email, cno) => ({
			...{ cno, uid: `u${cno}`, externalId: undefined, archivedAt: undefined },
			values: { ...dates, email, first_name: `Name ${cno}` }
		}));
		await putContacts(
			tx,
			rows.map((row) => rowOf(row, new Map()))
		);
	});
}, 120_000);
afterAll(() => database.close());

beforeEach(() => {
	vi.useFakeTimers({ now, toFake: ['Date'] });
	localStorage.clear();
	saved = [];
	before = async () => {};
	const listeners = new Set<(news: EngineNews) => void>();
	const api = createApi(database, (news) => listeners.forEach((listener) => listener(news)));
	const workspace = new Workspace(new Y.Doc(), { by: 'me', now: () => now });
	app = new App(workspace, engineOf(api, listeners), alone, () => now);

	// jsdom saves no files: what would be saved is read from the link that is clicked.
	const blobs = new Map<string, Blob>();
	URL.createObjectURL = (blob: Blob) => {
		blobs.set(`blob:${blobs.size}`, blob);
		return `blob:${blobs.size - 1}`;
	};
	URL.revokeObjectURL = () => {};
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
		this: HTMLAnchorElement
	) {
		const { download: name } = this;
		const reader = new FileReader();
		reader.onload = () => saved.push({ name, text: String(reader.result) });
		reader.readAsText(blobs.get(this.href)!);
	});
});
afterEach(() => {
	cleanup();
	app.close();
	vi.restoreAllMocks();
	vi.useRealTimers();
});

async function open(of: Rule = rule) {
	const user = userEvent.setup();
	const onclose = vi.fn();
	const shown = render(WithApp, { app, segment, rule: of, open: true, onclose });
	await screen.findByRole('dialog', { name: 'Export Everyone / all' });
	return { user, onclose, ...shown };
}

/** Ticks a column, or takes its tick away. */
async function choose(user: ReturnType<typeof userEvent.setup>, name: string) {
	await user.click(screen.getByRole('button', { name: 'Choose columns' }));
	await user.click(await screen.findByRole('option', { name }));
	await user.keyboard('{Escape}');
	await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
}

const preview = () => screen.getByRole('region', { name: 'Preview' }).querySelector('pre')!;
const file = async () => {
	await waitFor(() => expect(saved).toHaveLength(1));
	return saved[0]!;
};
const columns = () =>
	screen.getAllByRole('listitem').map((item) => item.querySelector('.name')?.textContent);

describe('the export of a segment', { timeout: 30_000 }, () => {
	it('begins with address and name, and shows the first rows', async () => {
		await open();
		await waitFor(() =>
			expect(preview().textContent).toBe(
				'\uFEFFEmail,First name,Last name\r\nada@example.com,Name 0,\r\nBo@Example.com,Name 1,\r\ncy@example.com,Name 2,\r\n'
			)
		);
		expect(screen.getByText(/people. They are counted again/).textContent).toContain('4');
	});

	it('begins with what the rule asks about too, and with the focus on the template', async () => {
		const leaf = (condition: unknown): Rule => ({ ...rule, condition }) as Rule;
		await open({
			type: 'group',
			id: NodeId.parse('both'),
			match: 'all',
			children: [
				leaf({ kind: 'field', field: 'country', of: 'text', test: { operator: 'isSet' } }),
				leaf({ kind: 'field', field: 'email', of: 'text', test: { operator: 'isSet' } })
			]
		});
		expect(columns()).toEqual(['Email', 'First name', 'Last name', 'Country']);
		await waitFor(() => expect(screen.getByLabelText('Template')).toHaveFocus());
		expect(screen.getByLabelText('Template')).toHaveDisplayValue('Plain');
	});

	it('writes one file, however fast it is pressed', async () => {
		const { user } = await open();
		await user.tripleClick(screen.getByRole('button', { name: /^Export/ }));
		await file();
		expect(screen.queryByText(/counted again/)).toBeNull();
		await user.tripleClick(screen.getByRole('button', { name: 'Download again' }));
		await waitFor(() => expect(saved).toHaveLength(2));
	});

	it('saves a file named after the segment and the day', async () => {
		const { user } = await open();
		await user.click(screen.getByRole('button', { name: /^Export/ }));
		expect(await file()).toEqual({
			name: 'Everyone all 2026-01-15.csv',
			text: "Email,First name,Last name\r\nada@example.com,Name 0,\r\nBo@Example.com,Name 1,\r\ncy@example.com,Name 2,\r\n'=dee@example.com,Name 3,\r\n"
		});
		expect(screen.getByText('Everyone all 2026-01-15.csv')).toBeVisible();
		expect(screen.getByText(/4 people, 3 columns/)).toBeVisible();
	});

	it('takes columns away, adds, renames, hashes and orders them', async () => {
		const { user } = await open();
		await user.click(screen.getByRole('button', { name: 'Remove First name' }));
		await user.click(screen.getByRole('button', { name: 'Remove Last name' }));
		await user.selectOptions(screen.getByLabelText('How Email is written'), 'MD5');
		await choose(user, 'First name');
		const header = screen.getByLabelText('Header of First name');
		await user.clear(header);
		await user.type(header, 'fn');
		await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
		expect(columns()).toEqual(['First name', 'Email']);
		expect(header).toHaveFocus();
		expect(screen.getByText('First name: column 1 of 2')).toBeInTheDocument();

		await user.click(screen.getByRole('button', { name: /^Export/ }));
		const md5 = (text: string) => createHash('md5').update(text).digest('hex');
		expect((await file()).text).toBe(
			[
				'fn,Email MD5',
				`Name 0,${md5('ada@example.com')}`,
				`Name 1,${md5('bo@example.com')}`,
				`Name 2,${md5('cy@example.com')}`,
				`Name 3,${md5('=dee@example.com')}`,
				''
			].join('\r\n')
		);
	});

	it('writes as it is told, and remembers it for the segment', async () => {
		const { user, unmount } = await open();
		await user.selectOptions(screen.getByLabelText('Delimiter'), 'Tab');
		await user.selectOptions(screen.getByLabelText('Line end'), 'LF (Unix, Mac)');
		await user.click(screen.getByLabelText(/Guard formulas/));
		await user.click(screen.getByRole('button', { name: 'Remove Last name' }));
		await user.click(screen.getByRole('button', { name: /^Export/ }));
		const { name, text } = await file();
		expect(name).toBe('Everyone all 2026-01-15.tsv');
		expect(text.startsWith('Email\tFirst name\nada@example.com\tName 0\n')).toBe(true);
		expect(text.endsWith('\n=dee@example.com\tName 3\n')).toBe(true);

		unmount();
		await open();
		expect(columns()).toEqual(['Email', 'First name']);
		expect(screen.getByLabelText('Delimiter')).toHaveDisplayValue('Tab');
	});

	it('writes what is in at the moment it is asked for', async () => {
		const { user } = await open();
		await waitFor(() => expect(preview().textContent).toContain('Name 0'));
		const asked: number[] = [];
		before = async (method, ...args) => {
			if (method === 'exportMembers') asked.push((args[1] as ExportAsk).moment.now);
		};
		vi.setSystemTime(now + 30_000);
		await user.click(screen.getByRole('button', { name: /^Export/ }));
		await file();
		expect(app.moment.now).toBe(now);
		expect(asked).toEqual([now + 30_000]);
	});

	it('begins from a template, and keeps another for the team', async () => {
		const { user } = await open();
		await user.selectOptions(screen.getByLabelText('Template'), 'Google Ads Customer Match');
		const sha256 = createHash('sha256').update('ada@example.com').digest('hex');
		await waitFor(() =>
			expect(preview().textContent).toMatch(
				`Email,Phone,First Name,Last Name,Country,Zip\r\n${sha256},`
			)
		);
		expect(await screen.findByText(/without Phone/)).toHaveTextContent('4 without Phone');

		await user.selectOptions(screen.getByLabelText('Format'), 'NDJSON');
		expect(screen.getByLabelText('Template')).toHaveDisplayValue('Your own choice');
		await user.click(screen.getByRole('button', { name: 'Save as template…' }));
		await user.type(await screen.findByLabelText('Name of the template'), 'Ours{Enter}');
		await waitFor(() => expect(screen.getByLabelText('Template')).toHaveDisplayValue('Ours'));
		expect(new ExportShelf(app.workspace).templates).toMatchObject([
			{ name: 'Ours', definition: { format: { kind: 'ndjson' } } }
		]);
	});

	it('writes fixed text and fields combined, and leaves out whom it is told to', async () => {
		const { user } = await open();
		await user.click(screen.getByRole('button', { name: 'Remove First name' }));
		await user.click(screen.getByRole('button', { name: 'Remove Last name' }));
		await user.click(screen.getByRole('button', { name: 'Fixed text' }));
		expect(screen.getByLabelText('Text for everybody')).toHaveFocus();
		await user.keyboard('autumn');
		await user.click(screen.getByRole('button', { name: 'Combined fields' }));
		await user.clear(screen.getByLabelText('Fields in braces, and text between'));
		await user.keyboard('{{First name} of {{Nobody}');
		expect(screen.getByText('There is no field {Nobody}.')).toBeVisible();
		await user.clear(screen.getByLabelText('Fields in braces, and text between'));
		await user.keyboard('Dear {{first name}!');
		await choose(user, 'Phone');
		await user.selectOptions(await screen.findByLabelText('Who has no Phone'), 'Leave them out');
		await user.click(screen.getByRole('button', { name: /^Export/ }));
		expect((await file()).text).toBe('Email,Fixed text,Dear First name!,Phone\r\n');
		expect(screen.getByText(/4 left out/)).toBeVisible();
	});

	it('offers what the file is beside it, and lists it', async () => {
		const { user } = await open();
		await user.click(screen.getByRole('button', { name: /^Export/ }));
		const { name, text } = await file();
		await user.click(await screen.findByRole('button', { name: 'Download manifest' }));
		await waitFor(() => expect(saved).toHaveLength(2));
		expect(saved[1]!.name).toBe(`${name}.manifest.json`);
		const manifest: unknown = JSON.parse(saved[1]!.text);
		// The mark in front is read away from the text, not from the file.
		const bytes = Buffer.from(`\uFEFF${text}`);
		expect(manifest).toMatchObject({
			file: { name, format: 'CSV', bytes: bytes.length },
			people: { members: 4, rows: 4, leftOut: 0 },
			now: '2026-01-15T10:00:00.000Z',
			rule: { sentence: 'Everyone.', json: rule }
		});
		expect(manifest).toHaveProperty(
			'file.sha256',
			createHash('sha256').update(bytes).digest('hex')
		);
		const { past } = new ExportShelf(app.workspace);
		expect(past).toMatchObject([{ segment: 's-1', manifest }]);
		// There is no such segment: the rule is the one that was noted.
		const begun = { columns: [{ header: 'Email' }, {}, {}] };
		const again = repeatable(app, past, past[0]!.id);
		expect(again).toMatchObject({ ok: true, value: { segment, rule, begun } });
		expect(repeatable(app, past, 'nothing')).toEqual(err({ type: 'Gone', name: undefined }));
	});

	it('is not repeated with the rule it had where the segment is there and its rule is broken', async () => {
		const { user } = await open();
		await user.click(screen.getByRole('button', { name: /^Export/ }));
		await file();
		const made = app.workspace.createSegment('VIPs', {
			...{ type: 'group', id: rootId, match: 'all' },
			children: [{ ...rule, condition: { kind: 'of a later version' } }]
		});
		if (!made.ok) throw new Error(JSON.stringify(made.error));
		const { past } = new ExportShelf(app.workspace);
		const ofVips = past.map((one) => ({ ...one, segment: made.value }));
		const why = { type: 'NoSavedRule', segment: { id: made.value, name: 'VIPs' } };
		// Neither before it is saved nor after.
		for (const id of [made.value, past[0]!.id]) {
			expect(repeatable(app, ofVips, id)).toMatchObject({ ok: false, error: why });
			app.workspace.saveSegment(made.value);
			expect(repeatable(app, ofVips, id)).toMatchObject({ ok: false, error: why });
		}
		app.workspace.setCondition(made.value, rule.id, { kind: 'everyone' });
		app.workspace.saveSegment(made.value);
		expect(repeatable(app, ofVips, made.value)).toMatchObject({ ok: true });
	});

	it('can be cancelled, and saves nothing then', async () => {
		let go = () => {};
		before = (method) =>
			method === 'exportMembers' ? new Promise((resolve) => (go = resolve)) : Promise.resolve();
		const { user } = await open();
		await user.click(screen.getByRole('button', { name: /^Export/ }));
		const progress = await screen.findByRole('progressbar');
		await user.click(
			within(progress.closest<HTMLElement>('.progress')!).getByRole('button', { name: 'Cancel' })
		);
		expect(screen.queryByRole('progressbar')).toBeNull();
		before = async () => {};
		go();
		await user.click(screen.getByRole('button', { name: /^Export/ }));
		expect((await file()).name).toBe('Everyone all 2026-01-15.csv');
		expect(saved).toHaveLength(1);
	});

	it('says why a file was not finished', async () => {
		before = async (method) => {
			if (method === 'exportMembers') throw new Error('No answer.');
		};
		const { user } = await open();
		await user.click(screen.getByRole('button', { name: /^Export/ }));
		expect(await screen.findByRole('alert')).toHaveTextContent(
			'The file was not finished: No answer.'
		);
		expect(saved).toEqual([]);
	});

	it('does not write a file without columns, and tells of equal headers', async () => {
		const { user } = await open();
		await user.click(screen.getByRole('button', { name: 'Choose columns' }));
		await user.click(await screen.findByRole('button', { name: 'Email once more, to hash it' }));
		await user.keyboard('{Escape}');
		expect(screen.getByText('More than one column is called “Email”.')).toBeVisible();
		for (const button of screen.getAllByRole('button', { name: /^Remove/ }))
			await user.click(button);
		expect(screen.getByRole('button', { name: /^Export/ })).toBeDisabled();
	});
});
