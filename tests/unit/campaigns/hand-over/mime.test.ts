import * as fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { dateText, emlOf, headerText, quotedPrintable } from '$lib/campaigns/hand-over/mime';
import {
	isMailAddress,
	mailboxName,
	messageIdOf,
	unsubscribeHeaders,
	type OutgoingMessage
} from '$lib/campaigns/hand-over/outgoing';

const at = Date.parse('2026-02-03T04:05:06Z');
const plain: OutgoingMessage = {
	place: 0,
	messageId: messageIdOf('run-1', 0),
	to: { name: 'Ann Lee', address: 'ann@example.com' },
	from: { name: 'Shop', address: 'news@example.org' },
	subject: 'Hello',
	html: '<p>Hi</p>\n',
	text: 'Hi\n',
	headers: {}
};

/** Of any code units, halves of pairs too, and often of those that mean something in a mail. */
const anyText = (maxLength: number) =>
	fc.string({
		unit: fc.oneof(
			fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
			fc.constantFrom(...'=?.,:;<>"\\ \t\r\n-_@', '🙂', 'From ')
		),
		maxLength
	});

const lines = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();

test('another library reads what was written', async () => {
	const message: OutgoingMessage = {
		...plain,
		to: { name: 'Jörg "JB" Bühlmann, \\ 🙂', address: 'joerg@example.com' },
		from: {
			name: "L'Épicerie & Söhne, the best of all shops in the whole of Zürich",
			address: 'news@straße.example'
		},
		replyTo: 'help@example.org',
		subject: 'Schöne Grüße 🙂 '.repeat(12).trim(),
		html: `<p>Größe = "1"</p>\n<p>${'x'.repeat(500)} ü</p>\n.\nFrom me\n--=_x\ttab \n`,
		text: `= =3D\n.\n..\nFrom me\n${'ä'.repeat(200)}\n\n\nend  `,
		headers: unsubscribeHeaders('https://example.com/bye?e=a%40b.c')
	};
	const eml = emlOf(message, at, { 'X-Unsent': '1' });
	expect(eml).toMatch(/^[\x20-\x7e\r\n\t]*$/);
	expect(eml.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	expect(
		Math.max(
			...eml.split('\r\n').map((line) => (/^(Message-ID|List-)/.test(line) ? 0 : line.length))
		)
	).toBeLessThanOrEqual(78);

	const read = await PostalMime.parse(eml);
	expect(read.subject).toBe(message.subject);
	expect(read.from).toMatchObject({
		name: message.from.name,
		address: 'news@xn--strae-oqa.example'
	});
	expect(read.to).toMatchObject([message.to]);
	expect(read.replyTo).toMatchObject([{ address: 'help@example.org' }]);
	expect(read.date).toBe('2026-02-03T04:05:06.000Z');
	expect(read.messageId).toBe(`<${message.messageId}@xn--strae-oqa.example>`);
	expect(lines(read.html!)).toBe(lines(message.html));
	expect(lines(read.text!)).toBe(lines(message.text));
	const header = (key: string) => read.headers.find((one) => one.key === key)?.value;
	expect(header('list-unsubscribe')).toBe('<https://example.com/bye?e=a%40b.c>');
	expect(header('x-unsent')).toBe('1');
});

test('any text comes back, whatever is in it', async () => {
	const any = anyText(120);
	const samples = fc.sample(fc.tuple(any, any, any), { numRuns: 100, seed: 12 });
	for (const [subject, name, body] of samples) {
		const to = { ...plain.to, name: mailboxName(name) };
		const read = await PostalMime.parse(
			emlOf({ ...plain, subject, to, text: body, html: body }, at)
		);
		const text = lines((read.text ?? '').replace(/\r\n?/g, '\n'));
		expect({
			subject: mailboxName(read.subject ?? ''),
			name: mailboxName(read.to?.[0]?.name ?? ''),
			text,
			headers: read.headers.map(({ key }) => key).join(' ')
		}).toEqual({
			subject: mailboxName(subject),
			name: to.name,
			text: lines(body.replace(/\p{Cs}/gu, '\ufffd').replace(/\r\n?/g, '\n')),
			headers: 'from to subject date message-id mime-version content-type'
		});
	}
});

describe('nothing becomes a header', () => {
	const attacks = [
		'a\r\nBcc: victim@example.com',
		'a\nBcc: victim@example.com',
		'a\rBcc: victim@example.com',
		'a\u0085Bcc: x',
		'a\u2028Bcc: x',
		'a\r\n\r\n<script>',
		'=?utf-8?Q?=0D=0ABcc:_victim@example.com?=',
		'a\u0000\r\n Bcc: x',
		'" <victim@example.com>, "b',
		'b <victim@example.com>'
	];
	test('of a subject, a name or a value', async () => {
		for (const attack of attacks) {
			const eml = emlOf(
				{
					...plain,
					subject: attack,
					to: { name: attack, address: 'ann@example.com' },
					from: { name: attack, address: 'news@example.org' },
					headers: { 'List-Unsubscribe': attack }
				},
				at,
				{ 'X-Unsent': attack }
			);
			const [head] = eml.split('\r\n\r\n');
			expect(
				head!
					.split('\r\n')
					.filter((line) => /^\S/.test(line))
					.map((line) => line.split(':')[0])
			).toEqual(
				'From To Subject Date Message-ID List-Unsubscribe X-Unsent MIME-Version Content-Type'.split(
					' '
				)
			);
			const read = await PostalMime.parse(eml);
			expect(read.to).toHaveLength(1);
			expect(read.to![0]!.address).toBe('ann@example.com');
			expect(read.from!.address).toBe('news@example.org');
			expect(read.bcc ?? []).toEqual([]);
		}
	});

	test('of an address: such are refused', () => {
		for (const attack of [
			...attacks,
			'a@b@c',
			'a b@c.d',
			'<a@b.c>',
			'a@b.c>',
			'@b',
			'a@',
			'a@b..c',
			'a@-b',
			''
		]) {
			expect(isMailAddress(attack)).toBe(false);
			const to = { name: '', address: attack };
			if (/[\s<>]/.test(attack)) expect(() => emlOf({ ...plain, to }, at)).toThrow();
		}
		for (const fine of [
			'a@b.c',
			"o'neil+x@example.co.uk",
			'jürgen@bücher.example',
			'a.b@localhost'
		])
			expect(isMailAddress(fine)).toBe(true);
	});

	test('of where people unsubscribe', () => {
		expect(unsubscribeHeaders('mailto:bye@example.com?subject=Tschüss')).toEqual({
			'List-Unsubscribe': '<mailto:bye@example.com?subject=Tsch%C3%BCss>'
		});
		expect(unsubscribeHeaders('https://example.com/>\r\nBcc: x')).toEqual({
			'List-Unsubscribe': '<https://example.com/%3E%0D%0ABcc:%20x>'
		});
		expect(unsubscribeHeaders(`https://example.com/${'x'.repeat(1000)}`)).toEqual({});
		expect(unsubscribeHeaders(undefined)).toEqual({});
	});
});

test('long headers are folded where they have spaces, and else are words', () => {
	const words = 'word '.repeat(40).trim();
	expect(headerText(words, 9).replaceAll('\r\n ', ' ')).toBe(words);
	expect(
		headerText(words, 9)
			.split('\r\n')
			.every((line) => line.length <= 77)
	).toBe(true);
	expect(headerText('x'.repeat(200))).toMatch(/^(=\?utf-8\?B\?[\w+/=]+\?=(\r\n )?)+$/);
});

test('a line is never longer than mail allows, and no dot or From begins one', () => {
	fc.assert(
		fc.property(anyText(500), (text) => {
			const lines = quotedPrintable(text).split('\r\n');
			expect(lines.every((line) => line.length <= 76 && !/^\.|^From | $/.test(line))).toBe(true);
		})
	);
});

test('the date is of RFC 5322', () => {
	expect(dateText(at)).toBe('Tue, 03 Feb 2026 04:05:06 +0000');
});

test('a message is known by the same id whenever it is made, and by no other’s', () => {
	expect(messageIdOf('run-1', 0)).toBe(plain.messageId);
	expect(plain.messageId).toMatch(/^[\w-]{43}$/);
	expect(messageIdOf('run-1', 1)).not.toBe(plain.messageId);
	expect(messageIdOf('run-11', 0)).not.toBe(messageIdOf('run-1', 10));
});
