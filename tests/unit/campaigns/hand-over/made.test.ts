import { describe, expect, test } from 'vitest';
import type { RichText } from '$lib/campaigns/content/block';
import { unsubscribeIssue } from '$lib/campaigns/content/reader';
import {
	messageMaker,
	senderDoubt,
	senderFaults,
	senderProblem
} from '$lib/campaigns/hand-over/made';
import { standardFields } from '$lib/fields/field';

const from = (address: string, replyTo?: string) => ({ name: 'Shop', address, replyTo });

test('an address that no other mail server finds is doubted, and can be sent from', () => {
	for (const address of ['news@weinhaus', 'weekly.news@weinhaus', 'news@10.0.0.1', 'news@shop.c'])
		expect([address, senderDoubt(from(address))?.aim, senderProblem(from(address))]).toEqual([
			...[address, { part: 'from' }, undefined]
		]);
	for (const address of ['news@weinhaus.example', ' news@mail.shop.co ', 'news@localhost'])
		expect([address, senderDoubt(from(address))]).toEqual([address, undefined]);
	expect(senderDoubt(from('news@shop.example', 'help@weinhaus'))).toEqual({
		text: '“help@weinhaus” does not look like an address that can be answered to: its domain has no ending such as .com.',
		aim: { part: 'replyTo' }
	});
});

test('an address that is none keeps it from being sent', () => {
	expect(senderProblem(from(''))?.text).toContain('Give an address.');
	expect(senderProblem(from('news'))?.text).toContain('“news” is no address');
	expect(senderProblem(from('news@shop.example', 'help'))?.aim).toEqual({ part: 'replyTo' });
});

test('what is wrong with each address is told beside it, and nothing of one still empty', () => {
	expect(senderFaults(from('not an address', 'help')).map(({ aim }) => aim.part)).toEqual([
		'from',
		'replyTo'
	]);
	expect(senderFaults(from('', ''))).toEqual([]);
	expect(senderFaults(from('', 'help'))).toMatchObject([{ aim: { part: 'replyTo' } }]);
});

test('what is wrong with where people unsubscribe is told by itself', () => {
	const context = { fields: new Map(), segments: new Set<string>(), zone: 'UTC', locale: 'en' };
	expect(unsubscribeIssue(context, 'myshop.example/bye')).toMatchObject({
		...{ type: 'BadLink', href: 'myshop.example/bye' },
		place: { part: 'unsubscribe' }
	});
	for (const place of [undefined, ' ', 'bye@shop.example', 'https://shop.example/bye'])
		expect([place, unsubscribeIssue(context, place)]).toEqual([place, undefined]);
});

describe('a row of a file that a spreadsheet may open', () => {
	const textOf = (text: string): RichText => ({
		type: 'doc',
		content: [{ type: 'paragraph', content: [{ type: 'text', text }] }]
	});
	/** Subject, preview and text of somebody with this first name, city and number of points, guarded. */
	function rowOf(
		said: Partial<Record<'subject' | 'preview' | 'text', string>>,
		[name = null, city = null, points = null]: readonly (string | number | null)[] = []
	) {
		const { subject = 'News', preview = '', text = 'Hello' } = said;
		const maker = messageMaker({
			content: {
				...{ subject, preview },
				blocks: [{ id: 'b', order: 'a', block: { type: 'text', text: textOf(text) } }]
			},
			sender: { name: 'Shop', address: 'news@example.org' },
			fields: [...standardFields, { id: 'points', name: 'Points', type: 'number' }],
			...{ segments: [], zone: 'UTC' }
		});
		const known: Record<string, unknown> = { first_name: name, city, points };
		const recipient = { place: 0, cno: 0, uid: 'u', address: '=a@example.org', variants: [] };
		const cells = maker.row(
			recipient,
			maker.fields.map((id) => known[id] ?? null),
			true
		);
		return { email: cells[0], first: cells[1], said: [cells[3], cells[4], cells[6]] };
	}

	test('has what the sender wrote as it is sent', () => {
		const said = { subject: '-20 % on all shoes', preview: '=50 %', text: '- One, {First name}' };
		expect(rowOf(said, ['Ana']).said).toEqual([said.subject, said.preview, '- One, Ana\n']);
		expect(rowOf({ subject: "'90s sale", preview: '@ home', text: '+++ New +++' }).said).toEqual([
			...["'90s sale", '@ home', '+++ New +++\n']
		]);
		const signs = { subject: '+{Points} points', preview: '@{First name}', text: '- {City}: open' };
		expect(rowOf(signs, ['ana', 'Bern', 120]).said).toEqual([
			...['+120 points', '@ana', '- Bern: open\n']
		]);
		const fallback = { subject: '{First name | "-20 %"} for you' };
		expect(rowOf(fallback).said[0]).toBe('-20 % for you');
		expect(rowOf({ subject: '{Points} points' }, [null, null, -5]).said[0]).toBe('-5 points');
	});

	test('has nothing that a contact could have run', () => {
		const name = '=HYPERLINK("http://evil.example")';
		const begins = {
			subject: '{First name}, hello',
			preview: '{First name}',
			text: '{First name}'
		};
		expect(rowOf(begins, [name])).toEqual({
			...{ email: "'=a@example.org", first: `'${name}` },
			said: [`'${name}, hello`, `'${name}`, `'${name}\n`]
		});
		const behind = {
			subject: "'{First name}",
			preview: '-{First name}',
			text: '+{City}{First name}'
		};
		expect(rowOf(behind, ['=cmd|x!A0', '1']).said).toEqual([
			...["''=cmd|x!A0", "'-=cmd|x!A0", "'+1=cmd|x!A0\n"]
		]);
		// Also where the other columns are the sender's.
		expect(rowOf({ subject: '-20 %', preview: '{City}' }, ['Ana', '@SUM(A1)']).said).toEqual([
			...['-20 %', "'@SUM(A1)", 'Hello\n']
		]);
	});
});
