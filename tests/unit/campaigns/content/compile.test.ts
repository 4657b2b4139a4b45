import { describe, expect, test } from 'vitest';
import type { Block, PlacedBlock, RichText } from '$lib/campaigns/content/block';
import { compileMessage, readMessage } from '$lib/campaigns/content/compile';
import { describeContentIssue, describePlace } from '$lib/campaigns/content/describe-issue';
import { isBlocking, type MessageContent } from '$lib/campaigns/content/message';
import { reviewContent } from '$lib/campaigns/content/review';
import { standardFields, type Field } from '$lib/fields/field';

const fields = new Map<string, Field>(
	[
		...standardFields,
		{ id: 'k1', name: 'Points', type: 'number' },
		{ id: 'k2', name: 'Birthday', type: 'date' },
		{ id: 'k3', name: 'Page', type: 'url' },
		{ id: 'k4', name: 'Plan', type: 'select', options: [{ id: 'pro', name: 'Pro & more' }] },
		{
			id: 'k5',
			name: 'Topics',
			type: 'multiselect',
			options: [
				{ id: 'wine', name: 'Wine' },
				{ id: 'art', name: 'Art' }
			]
		},
		{ id: 'k6', name: 'Seen', type: 'datetime' },
		{ id: 'k9', name: 'Fan', type: 'boolean' }
	].map((field) => [field.id, field as Field])
);
const context = { fields, segments: new Set(['s1', 's2']), zone: 'Europe/Zurich' };

type Node = RichText;
const text = (text: string, ...marks: (string | { type: string; attrs: object })[]): Node => ({
	type: 'text',
	text,
	marks: marks.map((mark) => (typeof mark === 'string' ? { type: mark } : mark)) as Node['marks']
});
const link = (href: string) => ({ type: 'link', attrs: { href } });
const merge = (field: string, fallback?: string): Node => ({
	type: 'merge',
	attrs: { field, fallback }
});
const node = (type: string, ...content: Node[]): Node => ({ type, content });
const p = (...content: Node[]) => node('paragraph', ...content);
const doc = (...content: Node[]) => node('doc', ...content);
const placed = (...blocks: Block[]): PlacedBlock[] =>
	blocks.map((block, i) => ({ id: `b${i}`, order: `a${i}`, block }));
const said = (...content: Node[]): Block => ({ type: 'text', text: doc(...content) });
const content = (blocks: readonly Block[], rest: Partial<MessageContent> = {}): MessageContent => ({
	subject: 'Hello',
	preview: '',
	blocks: placed(...blocks),
	unsubscribe: 'https://example.com/bye',
	...rest
});

/** What somebody with these values gets. */
function rendered(
	from: MessageContent,
	values: Readonly<Record<string, unknown>> = {},
	variants: readonly number[] = []
) {
	const compiled = compileMessage(from, context);
	if (!compiled.ok) throw new Error(compiled.error.map(describeContentIssue).join(' '));
	const message = compiled.value;
	return message.render(
		message.fields.map(({ id }) => values[id] ?? null),
		variants
	);
}
/** Of the HTML, what is said. */
const body = (html: string) =>
	/font-size:16px[^>]*>\n([\s\S]*)\n<\/td><\/tr><\/table>\n<\/td>/.exec(html)?.[1] ?? '';
const bodyOf = (...of: Parameters<typeof rendered>) =>
	body(rendered(...of).html).replace(/ style="[^"]*"/g, '');

describe('what is rendered', () => {
	test('every node as HTML and as text', () => {
		const message = content([
			said(
				{ type: 'heading', attrs: { level: 1 }, content: [text('Big & small')] },
				p(
					text('One '),
					text('bold', 'strong'),
					text(' both', 'strong', 'em'),
					{ type: 'hard_break' },
					text('line')
				),
				node(
					'bullet_list',
					node('list_item', p(text('a'))),
					node('list_item', p(text('b')), p(text('c')))
				),
				{
					type: 'ordered_list',
					attrs: { order: 3 },
					content: [node('list_item', p(text('x'))), node('list_item', p(text('y')))]
				},
				node('blockquote', p(text('said')), p(text('twice'))),
				{ type: 'horizontal_rule' },
				{ type: 'button', attrs: { href: 'https://example.com/?a=1&b=2' }, content: [text('Go')] },
				p(
					text('see '),
					text('this', link('https://example.com/')),
					text(' page', 'em', link('https://example.com/'))
				)
			)
		]);
		expect(bodyOf(message)).toBe(
			'<h1>Big &amp; small</h1>' +
				'<p>One <strong>bold</strong><strong><em> both</em></strong><br>line</p>' +
				'<ul><li>a</li><li>b<p>c</p></li></ul>' +
				'<ol start="3"><li>x</li><li>y</li></ol>' +
				'<blockquote><p>said</p><p>twice</p></blockquote><hr>' +
				'<p><a href="https://example.com/?a=1&amp;b=2">Go</a></p>' +
				'<p>see <a href="https://example.com/">this<em> page</em></a></p>'
		);
		expect(rendered(message).text).toBe(
			`Big & small

One bold both
line

- a
- b
  c

3. x
4. y

> said
>
> twice

---

Go (https://example.com/?a=1&b=2)

see this page (https://example.com/)
`
		);
	});

	test('values as people read them, or what stands for them', () => {
		const message = content([
			said(
				p(
					merge('first_name', 'there'),
					text(', {Points | "no"} points, {k2 | "-"}, {plan}, {topics}')
				),
				p(text('{country} {created_at} {k6}'))
			)
		]);
		expect(
			rendered(message, {
				first_name: 'Zoë',
				k1: 12500,
				k2: '1990-06-05',
				k4: 'pro',
				k5: ['wine', 'art'],
				country: 'CH',
				created_at: '2026-01-31T23:30:00+00:00',
				k6: '2026-01-31T23:30:00Z'
			}).text
		).toBe(
			'Zoë, 12500 points, 5 June 1990, Pro & more, Wine, Art\n\nSwitzerland 1 February 2026 1 February 2026 at 00:30\n'
		);
		expect(rendered(message, { k2: '--06-05', first_name: ' \n ' }).text).toBe(
			'there, no points, 5 June, ,\n'
		);
	});

	test('dates and its own words in the language of the workspace', () => {
		const from = content([said(p(text('{k2} {k9} {country}, {unsubscribe}')))]);
		const german = { ...context, locale: 'de' };
		const { message } = readMessage(from, german);
		expect(message.render(['1990-06-05', true, 'CH'], []).text).toBe(
			'5. Juni 1990 ja Schweiz, Abmelden (https://example.com/bye)\n'
		);
		expect(rendered(from, { k2: '1990-06-05', k9: false, country: 'CH' }).text).toBe(
			'5 June 1990 no Switzerland, Unsubscribe (https://example.com/bye)\n'
		);
	});

	test('the variant of a dynamic block that a contact sees', () => {
		const message = content([
			said(p(text('Always'))),
			{
				type: 'dynamic',
				variants: [
					{ id: 'v1', segment: 's1', text: doc(p(text('one {first_name | "x"}'))) },
					{ id: 'v2', segment: 's2', text: doc(p(text('two'))) }
				],
				otherwise: doc(p(text('other')))
			},
			{
				type: 'dynamic',
				variants: [{ id: 'v3', segment: 's1', text: doc(p(text('more'))) }],
				otherwise: null
			}
		]);
		const seen = (variants: number[]) => rendered(message, { first_name: 'Ann' }, variants).text;
		expect(seen([0, 0])).toBe('Always\n\none Ann\n\nmore\n');
		expect(seen([1, -1])).toBe('Always\n\ntwo\n');
		expect(seen([-1, -1])).toBe('Always\n\nother\n');
		expect(seen([])).toBe('Always\n\nother\n');
	});

	test('the preview stands in front, unseen, and the shell asks nothing of the net', () => {
		const { html, preview } = rendered(
			content([said(p(text('x')))], { preview: 'Look, {first_name | "you"}' })
		);
		expect(preview).toBe('Look, you');
		expect(html).toMatch(/<body[^>]*>\s*<div style="display:none[^"]*">Look, you&zwnj;/);
		expect(html).not.toMatch(/\b(src|background)=|url\(|<link|<script|@import/);
	});

	test('links take values, encoded, and lead where people unsubscribe', () => {
		const message = content(
			[
				said(
					p(
						text('a', link('https://example.com/{country}?n={first_name | "no one"}#{{')),
						text('b', link('{k3 | "https://example.com/none"}')),
						text('c', link('mailto:{email}?subject={k4}')),
						text('d', link('{unsubscribe}')),
						merge('unsubscribe')
					)
				)
			],
			{ unsubscribe: 'https://example.com/bye?e={email}&x=1' }
		);
		const values = {
			first_name: 'a/b?c&d="<x>',
			country: '../..',
			email: 'a@b.example,c@d.example?bcc=x@y.example',
			k3: 'HTTPS://Page.example/a b?"><script>',
			k4: 'pro'
		};
		expect(bodyOf(message, values)).toBe(
			'<p><a href="https://example.com/..%2F..?n=a%2Fb%3Fc%26d%3D%22%3Cx%3E#{">a</a>' +
				'<a href="https://page.example/a%20b?%22%3E%3Cscript%3E">b</a>' +
				'<a href="mailto:a%40b.example%2Cc%40d.example%3Fbcc%3Dx%40y.example?subject=Pro%20%26%20more">c</a>' +
				'<a href="https://example.com/bye?e=a%40b.example%2Cc%40d.example%3Fbcc%3Dx%40y.example&amp;x=1">d</a>' +
				'<a href="https://example.com/bye?e=a%40b.example%2Cc%40d.example%3Fbcc%3Dx%40y.example&amp;x=1">Unsubscribe</a></p>'
		);
		expect(rendered(message).text).toContain(
			'a (https://example.com/?n=no%20one#{)b (https://example.com/none)c (mailto:?subject=)'
		);
	});
});

describe('attacks', () => {
	const attacks = [
		'<script>alert(1)</script>',
		'"><img src=x onerror=alert(1)>',
		"' onmouseover='alert(1)",
		'</td></table></body><iframe srcdoc=x>',
		'{first_name}{unsubscribe}{{',
		'&lt;b&gt;&#60;',
		'javascript:alert(1)',
		'data:text/html,<script>alert(1)</script>',
		'a\r\nBcc: victim@example.com\r\n\r\n<b>',
		'\u0000\u0008\u001b[31m\u202eevil\u2066\ud800',
		'<!--',
		']]>',
		'<style>*{}',
		'&zwnj',
		'x'.repeat(50) + '<'
	];
	const message = content(
		[
			said(
				p(merge('first_name'), text('{first_name}', 'strong'), text('w', link('{first_name}'))),
				p(text('l', link('https://example.com/{first_name}')))
			)
		],
		{ subject: 'S {first_name}', preview: 'P {first_name}' }
	);
	const harmless = rendered(message, { first_name: 'VALUE' }).html;
	const shape = (html: string) =>
		html.match(/<[a-z!/][^>]*>/gi)?.map((tag) => tag.replace(/href="[^"]*"/, 'href'));

	test('no value adds an element, an attribute or a line', () => {
		for (const first_name of attacks) {
			const { html, subject, preview } = rendered(message, { first_name });
			// Where it is no address, the link around it is gone.
			expect(shape(html)).toEqual(
				shape(harmless)
					?.filter((tag) => !(tag === '<a href>' || tag === '</a>'))
					.toSpliced(
						shape(harmless)!
							.filter((tag) => tag !== '<a href>' && tag !== '</a>')
							.findLastIndex((tag) => tag.startsWith('<p')) + 1,
						0,
						'<a href>',
						'</a>'
					)
			);
			expect(subject + preview).not.toMatch(/[\p{Cc}\p{Cs}\u202e\u2066]/u);
			expect(html).not.toMatch(/href="(?!https:\/\/example\.com\/)/);
		}
	});

	test('no written link leads anywhere but to the web and to mail', () => {
		const bad = [
			'javascript:alert(1)',
			' JaVaScRiPt:alert(1)',
			'java\nscript:alert(1)',
			'data:text/html,x',
			'vbscript:x',
			'//example.com',
			'/x',
			'example.com',
			'https:\\\\example.com',
			'https://',
			'https://exa mple.com',
			'https://example.com/"onclick="x',
			'mailto:nobody',
			'file:///etc/passwd'
		];
		for (const href of bad) {
			const from = content([said(p(text('x', link(href))))]);
			const { issues, message } = readMessage(from, context);
			expect({ href, issues: issues.filter(isBlocking).map(({ type }) => type) }).toEqual({
				href,
				issues: ['BadLink']
			});
			expect(message.render([], []).html).not.toContain('<a');
		}
	});

	test('no value decides which site a link leads to', () => {
		for (const href of [
			'https://{company}',
			'https://{company}.example.com/',
			'https://example.com{company}/',
			'{company}://x',
			'https://a:{company}@example.com/'
		]) {
			const { issues } = readMessage(content([said(p(text('x', link(href))))]), context);
			expect({ href, issue: issues[0]?.type }).toEqual({ href, issue: 'FieldInSite' });
		}
	});

	test('a value of a megabyte is cut, and takes no longer for it', () => {
		const begun = process.cpuUsage();
		for (const sign of ['<', ' ', '&', 'a', '\r\n', '\u202e', '🙂', '%']) {
			const { html, subject } = rendered(message, { first_name: sign.repeat(1_000_000) });
			expect(html.length).toBeLessThan(600_000);
			expect(subject.length).toBeLessThanOrEqual(900);
		}
		expect(process.cpuUsage(begun).user / 1000).toBeLessThan(3000);
	});

	test('an option called as an object is made reads as any other', () => {
		expect(rendered(message, { first_name: '__proto__' }).subject).toBe('S __proto__');
		const from = content([said(p(text('{constructor}')))]);
		expect(compileMessage(from, context).ok).toBe(false);
	});
});

describe('what is missing', () => {
	const issuesOf = (from: MessageContent) =>
		reviewContent(from, context).issues.map((issue) => ({
			type: issue.type,
			...('place' in issue ? { place: issue.place } : {})
		}));

	test('everything at once, each with its place', () => {
		const from = content(
			[
				said(p(text('Dear {gone}, {first_name | you}'), text('here', link('')))),
				{
					type: 'dynamic',
					variants: [
						{ id: 'v1', text: doc(p(text('{x'))) },
						{ id: 'v2', segment: 'gone', text: doc({ type: 'table' }) }
					],
					otherwise: doc(p(merge('k99')))
				}
			],
			{ subject: ' ', preview: '{', unsubscribe: undefined }
		);
		expect(issuesOf(from)).toEqual([
			{ type: 'NoSubject' },
			{ type: 'MergeSyntax', place: { part: 'preview' } },
			{
				type: 'MergeSyntax',
				place: { part: 'block', block: 'b0', near: 'Dear {gone}, {first_name | you}' }
			},
			{
				type: 'UnknownField',
				place: { part: 'block', block: 'b0', near: 'Dear {gone}, {first_name | you}' }
			},
			{ type: 'EmptyLink', place: { part: 'block', block: 'b0', near: 'here' } },
			{ type: 'NoSegment', place: { part: 'block', block: 'b1', variant: 'v1' } },
			{ type: 'UnknownSegment', place: { part: 'block', block: 'b1', variant: 'v2' } },
			{ type: 'MergeSyntax', place: { part: 'block', block: 'b1', variant: 'v1', near: '{x' } },
			{ type: 'UnknownPart', place: { part: 'block', block: 'b1', variant: 'v2' } },
			{ type: 'UnknownField', place: { part: 'block', block: 'b1', variant: 'otherwise' } },
			{ type: 'NoUnsubscribe' }
		]);
	});

	test('where something is wrong, in words', () => {
		const from = content(
			[
				said(p(text('Dear {gone}'))),
				{
					type: 'dynamic',
					variants: [{ id: 'v', segment: 's1', text: doc(p(text('{'))) }],
					otherwise: doc(p(merge('k99')))
				}
			],
			{ preview: '{' }
		);
		const places = reviewContent(from, context).issues.map((issue) =>
			describePlace(issue, from, (id) => (id === 's1' ? 'Swiss' : undefined))
		);
		expect(places).toEqual([
			'Preview text',
			'Block 1, near “Dear {gone}”',
			'Block 2, Swiss, near “{”',
			'Block 2, everybody else',
			undefined
		]);
	});

	test('a message that says nothing, cannot be left or names its fields as elsewhere', () => {
		expect(issuesOf(content([]))).toEqual([{ type: 'EmptyBody' }]);
		expect(issuesOf(content([said(p(text(' ')), { type: 'horizontal_rule' })]))).toEqual([
			{ type: 'EmptyBody' }
		]);
		expect(issuesOf(content([said(p(text('x {unsubscribe}')))]))).toEqual([]);
		expect(issuesOf(content([said(p(text('x')))])).map(({ type }) => type)).toEqual([
			'NoUnsubscribe'
		]);
		expect(
			issuesOf(content([said(p(merge('unsubscribe')))], { unsubscribe: '' })).map(
				({ type }) => type
			)
		).toEqual(['NoUnsubscribePlace']);
		expect(
			issuesOf(content([said(p(merge('unsubscribe')))], { unsubscribe: 'nonsense' })).map(
				({ type }) => type
			)
		).toEqual(['BadLink']);
		expect(
			issuesOf(content([said(p(text('x {unsubscribe}')))], { subject: 'a {unsubscribe}' })).map(
				({ type }) => type
			)
		).toEqual(['UnsubscribeMisplaced']);
		expect(
			issuesOf(content([said(p(text('Hi {{ First name }} {{x}} {unsubscribe}')))])).map(
				({ type }) => type
			)
		).toEqual(['DoubledBraces', 'DoubledBraces']);
		expect(
			issuesOf(content([said(p(text('x {unsubscribe}')))], { subject: '{{Vorname}} {{ }}' }))
		).toEqual([{ type: 'DoubledBraces', place: { part: 'subject' } }]);
	});

	test('a way to unsubscribe that only some see is none', () => {
		const seenBy = (...otherwise: Node[]): MessageContent =>
			content([
				{
					type: 'dynamic',
					variants: [{ id: 'v', segment: 's1', text: doc(p(merge('unsubscribe'))) }],
					otherwise: doc(p(text('x')), ...otherwise)
				}
			]);
		expect(issuesOf(seenBy())).toEqual([{ type: 'NoUnsubscribe' }]);
		expect(issuesOf(seenBy(p(text('{unsubscribe}'))))).toEqual([]);
	});

	test('which fields need something in their place', () => {
		const from = content(
			[
				said(
					p(text('{city | "x"} {first_name | "y"}'), text('l', link('https://example.com/{k1}')))
				)
			],
			{ subject: '{First name}' }
		);
		expect(reviewContent(from, context).fields).toEqual([
			{ field: 'first_name', bare: { part: 'subject' } },
			{ field: 'city', bare: undefined },
			{ field: 'k1', bare: { part: 'block', block: 'b0', near: 'l' } }
		]);
	});
});
