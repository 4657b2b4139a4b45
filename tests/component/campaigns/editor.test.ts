import '@testing-library/jest-dom/vitest';
import { cleanup, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RichMark, RichText } from '$lib/campaigns/content/block';
import { readMessage } from '$lib/campaigns/content/compile';
import { drawTree } from '$lib/campaigns/content/editor/draw-tree';
import { openEditor, type OpenEditor } from '$lib/campaigns/content/editor/open-editor';
import { noFormats, type Formats } from '$lib/campaigns/content/editor/shown';
import { htmlTree } from '$lib/campaigns/content/html-tree';
import { fieldCalled } from '$lib/campaigns/content/merge-names';
import Preview from '$lib/campaigns/content/Preview.svelte';
import RichTextEditor from '$lib/campaigns/content/RichTextEditor.svelte';
import SubjectField from '$lib/campaigns/content/SubjectField.svelte';
import { standardFields, type Field, type Fields } from '$lib/fields/field';

const fields: Fields = new Map<string, Field>([
	...standardFields.map((field) => [field.id, field as Field] as const),
	['k1', { id: 'k1', name: 'Points', type: 'number' }]
]);
const paragraph = (...content: RichText[]): RichText => ({ type: 'paragraph', content });
const text = (text: string): RichText => ({ type: 'text', text });
const doc = (...content: RichText[]): RichText => ({ type: 'doc', content });

beforeAll(async () => {
	// jsdom lays nothing out; to scroll to the caret, the editor asks where it is.
	Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
	Range.prototype.getBoundingClientRect = () => new DOMRect();
	// What is loaded when it first opens takes its time to be transformed here.
	await import('$lib/ui/PopoverPanel.svelte');
});
afterEach(cleanup);

describe('the editor', () => {
	let editor: OpenEditor | undefined;
	let value: RichText | undefined;
	let formats: Formats = noFormats;
	const onlink = vi.fn();

	function open(first: RichText): HTMLElement {
		const place = document.body.appendChild(document.createElement('div'));
		value = undefined;
		editor = openEditor(place, {
			label: 'Text',
			value: first,
			editable: () => true,
			fieldCalled: (called) => fieldCalled(called, fields)?.id,
			nameOf: (id) => fields.get(id)?.name,
			onedit: (read) => (value = read()),
			onformats: (now) => (formats = now),
			onblur: () => {},
			onlink
		});
		return place;
	}
	const box = () => screen.getByRole('textbox', { name: 'Text' });
	function paste(types: Readonly<Record<string, string>>): void {
		const clipboardData = {
			getData: (type: string) => types[type] ?? '',
			...{ files: [], items: [] }
		};
		const event = new Event('paste', { bubbles: true, cancelable: true });
		box().dispatchEvent(Object.assign(event, { clipboardData }));
	}
	afterEach(() => {
		editor?.close();
		document.body.replaceChildren();
	});

	test('shows a text, and fields in it by their names', () => {
		const merge = { type: 'merge', attrs: { field: 'k1', fallback: 'no' } };
		open(doc(paragraph(text('You have '), merge, text(' points, {city} {x'))));
		expect(box()).toHaveTextContent('You have Points or “no” points, {city} {x');
		expect(box().querySelector('.merge-typed')).toHaveTextContent('{city}');
		expect(box().querySelector('.merge-problem')).toHaveTextContent('{');
	});

	test('does what its toolbar and its keys say', () => {
		open(doc(paragraph(text('Hello'))));
		editor!.act({ type: 'shape', shape: 'heading1' });
		editor!.act({ type: 'field', field: 'first_name', fallback: 'you' });
		expect(formats).toMatchObject({ shape: 'heading1', canUndo: true });
		const merge = { type: 'merge', attrs: { field: 'first_name', fallback: 'you' } };
		expect(value!.content![0]!.content).toEqual([merge, text('Hello')]);
		editor!.act({ type: 'shape', shape: 'paragraph' });
		editor!.act({ type: 'numbers' });
		expect(formats).toMatchObject({ numbers: true, bullets: false });
		editor!.act({ type: 'bullets' });
		expect(value).toEqual(
			doc({
				type: 'bullet_list',
				content: [{ type: 'list_item', content: [paragraph(merge, text('Hello'))] }]
			})
		);
		editor!.act({ type: 'bullets' });
		editor!.act({ type: 'link', href: 'https://example.com/', words: 'Page' });
		expect(value!.content![0]!.content![1]).toMatchObject({
			text: 'Page',
			marks: [{ type: 'link', attrs: { href: 'https://example.com/' } }]
		});
		box().dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
		expect(onlink).toHaveBeenCalled();
		for (let i = 0; i < 9; i++) editor!.act({ type: 'undo' });
		expect(value).toEqual(doc(paragraph(text('Hello'))));
	});

	test('keeps of what is pasted only what a message can have', () => {
		open(doc(paragraph()));
		const html =
			'<h1 onclick="x()">Big</h1><script>alert(1)</script><style>p{}</style><iframe src="x"></iframe>' +
			'<p style="color:red">a <b>bold</b> <a href="javascript:alert(1)">bad</a> <a href="https://example.com/">good</a>' +
			'<img src=x onerror=alert(1)><span data-merge="k1" data-fallback="no">?</span></p><table><tr><td>cell</td></tr></table>';
		paste({ 'text/html': html, 'text/plain': 'x' });
		const heading = { type: 'heading', attrs: { level: 1 }, content: [text('Big')] };
		expect(value!.content![0]).toEqual(heading);
		const said = JSON.stringify(value);
		expect(said).toContain('"marks":[{"type":"strong"}],"text":"bold"');
		expect(said).toContain('{"type":"merge","attrs":{"field":"k1","fallback":"no"}}');
		expect(said).toContain('cell');
		expect(said).toContain('"href":"https://example.com/"');
		expect(said).not.toMatch(/javascript|alert|onclick|color|img|iframe|table/);
	});

	test('knows fields in what is pasted, and in links, by whatever name they are written', () => {
		const points = (fallback: string | null, ...marks: RichMark[]): RichText => ({
			...{ type: 'merge', attrs: { field: 'k1', fallback } },
			...(marks.length > 0 && { marks })
		});
		open(doc(paragraph()));
		paste({ 'text/plain': 'Hi {points | "no"}, {{Points}} {nobody} {' });
		expect(value).toEqual(
			doc(paragraph(text('Hi '), points('no'), text(', {{Points}} {nobody} {')))
		);

		editor!.close();
		open(doc(paragraph()));
		const shop = (field: string) => ({
			type: 'link',
			attrs: { href: `https://x.test/{${field}}` }
		});
		paste({ 'text/html': '<p>a <a href="https://x.test/{Points}">b {Points}</a></p>' });
		expect(value).toEqual(
			doc(paragraph(text('a '), { ...text('b '), marks: [shop('k1')] }, points(null, shop('k1'))))
		);

		editor!.close();
		open(doc(paragraph()));
		editor!.act({ type: 'link', href: 'https://x.test/{k1}', words: 'x.test/{Points}' });
		expect(value).toEqual(
			doc(paragraph({ ...text('x.test/'), marks: [shop('k1')] }, points(null, shop('k1'))))
		);
	});

	test('does not open what it would take something from', () => {
		open(doc(paragraph(text('x')), { type: 'table' }));
		expect(editor).toBeUndefined();
		open(doc());
		expect(box()).toHaveTextContent('');
	});
});

test('a text is told of when it is left', async () => {
	const onchange = vi.fn();
	const first = doc(paragraph(text('Hi')));
	const user = userEvent.setup();
	render(RichTextEditor, { label: 'Body', value: first, fields, onchange });
	const box = await screen.findByRole('textbox', { name: 'Body' });
	const toolbar = screen.getByRole('toolbar', { name: 'Format Body' });
	// One stop for Tab, arrows from there.
	const stops = within(toolbar)
		.getAllByRole('button')
		.filter((button) => button.tabIndex === 0);
	expect(stops).toHaveLength(1);
	stops[0]!.focus();
	await user.keyboard('{ArrowRight}');
	expect(within(toolbar).getByRole('button', { name: /^Bold/ })).toHaveFocus();
	await user.click(within(toolbar).getByRole('button', { name: /Insert field/ }));
	await user.selectOptions(await screen.findByRole('combobox', { name: 'Field' }), 'Points');
	await user.type(screen.getByRole('textbox', { name: 'If there is no value' }), 'no');
	await user.click(screen.getByRole('button', { name: 'Insert' }));
	await waitFor(() => expect(box).toHaveTextContent('Points or “no”Hi'));
	await waitFor(() =>
		expect(onchange).toHaveBeenCalledWith(
			doc(paragraph({ type: 'merge', attrs: { field: 'k1', fallback: 'no' } }, text('Hi')))
		)
	);
	await waitFor(() => expect(box).toHaveFocus());
});

test('a link is kept with the ids of its fields, and shown with their names', async () => {
	const onchange = vi.fn();
	const user = userEvent.setup();
	const linked = (href: string) =>
		doc(paragraph({ ...text('Shop'), marks: [{ type: 'link', attrs: { href } }] }));
	const value = linked('https://x.test/{k1}');
	render(RichTextEditor, { label: 'Body', value, fields, onchange });
	await screen.findByRole('textbox', { name: 'Body' });
	await user.click(screen.getByRole('button', { name: /^Link/ }));
	const address = await screen.findByRole('textbox', { name: 'Address' });
	expect(address).toHaveValue('https://x.test/{Points}');
	await user.type(address, '/{{first name}');
	await user.click(screen.getByRole('button', { name: 'Apply' }));
	await waitFor(() =>
		expect(onchange).toHaveBeenCalledWith(linked('https://x.test/{k1}/{first_name}'))
	);
});

test('a subject is kept with ids, shown with names, and says what is wrong', async () => {
	const onchange = vi.fn();
	const user = userEvent.setup();
	render(SubjectField, { label: 'Subject', value: 'Hi {k1 | "x"}', fields, onchange });
	const input = screen.getByRole('textbox', { name: 'Subject' });
	expect(input).toHaveValue('Hi {Points | "x"}');
	await user.type(input, ' {{first name');
	expect(screen.getByRole('alert')).toHaveTextContent('At “{first name”: A { is not closed.');
	await user.type(input, '}');
	expect(screen.queryByRole('alert')).toBeNull();
	await user.tab();
	expect(onchange).toHaveBeenLastCalledWith('Hi {k1 | "x"} {first_name}');
	await user.click(screen.getByRole('button', { name: 'Insert field into subject' }));
	await user.selectOptions(await screen.findByRole('combobox', { name: 'Field' }), 'City');
	await user.click(screen.getByRole('button', { name: 'Insert' }));
	await waitFor(() => expect(onchange).toHaveBeenLastCalledWith('Hi {k1 | "x"}{city}'));
});

describe('the preview', () => {
	const message = readMessage(
		{
			subject: 'S',
			preview: 'P',
			blocks: [
				{
					id: 'b',
					order: 'a',
					block: {
						type: 'text',
						text: doc(paragraph(text('a < {first_name}'), { type: 'hard_break' }), {
							type: 'button',
							attrs: { href: 'https://example.com/?a=1&b=2' },
							content: [text('Go')]
						})
					}
				}
			]
		},
		{ fields, segments: new Set(), zone: 'UTC' }
	).message.render(['<b>"x"</b>'], []);

	test('draws what is sent, and nothing else that could be in it', () => {
		const place = document.createElement('div');
		drawTree(place, htmlTree(message.html));
		expect(place.shadowRoot!.querySelector('p')!.innerHTML).toBe(
			'a &lt; &lt;b&gt;"x"&lt;/b&gt;<br>'
		);
		const link = place.shadowRoot!.querySelector('a')!;
		expect(link.href).toBe('https://example.com/?a=1&b=2');
		expect(link.style.backgroundColor).toBe('rgb(0, 88, 86)');
		drawTree(
			place,
			htmlTree('<p onclick="x">a<script>b</script><img src="x"><a href="javascript:x">c</a></p>')
		);
		expect(place.shadowRoot!.innerHTML).toBe(
			'<p>a<a target="_blank" rel="noopener noreferrer">c</a></p>'
		);
	});

	test('is formatted or plain', async () => {
		render(Preview, { message, from: 'Shop' });
		expect(screen.getByText('P')).toBeVisible();
		await userEvent.click(screen.getByRole('radio', { name: 'Plain text' }));
		expect(screen.getByText(/Go \(https:\/\/example\.com\/\?a=1&b=2\)/)).toBeVisible();
	});
});
