import { expect, test } from 'vitest';
import { checked, packed } from '$lib/campaigns/sending/batches';
import { bounceOf } from '$lib/campaigns/sending/bounce';
import { settledLeft, troubleIn } from '$lib/campaigns/sending/outcome';
import { Pace } from '$lib/campaigns/sending/pace';
import { withOneClick } from '$lib/campaigns/sending/unsubscribe';
import { mailLimits, type MailAnswer, type MailMessage } from '$lib/sync/mail-protocol';

test.each([
	['recipient', 550, '550 5.1.1 (address): Recipient address rejected', 'hard'],
	['recipient', 550, '550 5.2.1 This mailbox is disabled', 'hard'],
	['recipient', 550, '550 No such user', 'hard'],
	['recipient', 553, '553 sorry, no mailbox here by that name', 'hard'],
	['recipient', 550, '550 5.7.1 Relaying denied', 'soft'],
	['recipient', 550, '550 relay not permitted', 'soft'],
	['recipient', 552, '552 5.2.2 Mailbox full', 'soft'],
	['recipient', 550, '550 5.1.8 Sender domain not found', 'soft'],
	['recipient', 554, '554 Service unavailable; client host blocked', 'soft'],
	['content', 550, '550 5.1.1 spam', 'soft']
] as const)('a refusal of the %s with %i “%s” is %s', (of, code, text, bounce) => {
	expect(bounceOf({ of, code, text })).toBe(bounce);
});

test('what was left on its way is sent only where the relay knows that it was not', () => {
	const now = 1e12;
	const left = { place: 3, messageId: 'a', store: 'here', since: now - 1000 };
	const unknown: MailAnswer = { state: 'unknown', id: 'a' };
	expect(settledLeft(left, unknown, 'here', now)).toMatchObject({ state: 'frozen' });
	expect(settledLeft(left, unknown, 'elsewhere', now)).toMatchObject({ state: 'unsure' });
	const old = { ...left, since: now - 30 * 86_400_000 };
	expect(settledLeft(old, unknown, 'here', now)).toMatchObject({ state: 'unsure' });
	expect(settledLeft(left, { state: 'pending', id: 'a' }, 'here', now)).toBeUndefined();
	expect(settledLeft(left, undefined, 'here', now)).toMatchObject({ state: 'unsure' });
});

test('a mail server that takes nothing stops the sending, for a while or for good', () => {
	const refused: MailAnswer = {
		...{ state: 'refused', id: 'a', at: 0, code: 550, text: '550 no', of: 'recipient' }
	};
	expect(troubleIn(Array(50).fill(refused))).toMatchObject({ of: 'refusals', isPassing: false });
	const sent: MailAnswer = { state: 'sent', id: 'b', at: 0, code: 250, text: '' };
	expect(troubleIn([sent, ...Array(49).fill(refused)])).toBeUndefined();
	const later: MailAnswer = {
		...{ state: 'failed', id: 'c', code: 451, text: '451 later', of: 'recipient' }
	};
	expect(troubleIn(Array(50).fill(later))).toMatchObject({ of: 'deferrals', isPassing: true });
	expect(troubleIn([later])).toBeUndefined();
	const away: MailAnswer = { ...later, code: 0, of: 'server' };
	expect(troubleIn([sent, away])).toMatchObject({ of: 'server', isPassing: true });
	expect(troubleIn([{ ...away, code: 535 }])).toMatchObject({ isPassing: false });
});

test('what the relay could not take is told apart, and the others go in frames that it takes', () => {
	const message = (id: string, html: string): MailMessage => ({
		...{ id: id.repeat(40), subject: '', html, text: '', headers: {} },
		to: { name: '', address: 'a@people.example' },
		from: { name: '', address: 'news@shop.example' }
	});
	const large = 'x'.repeat(mailLimits.body);
	const messages = Array.from({ length: 17 }, () => message('a', large));
	const bad = { ...message('b', ''), to: { name: '', address: 'none' } };
	const { fitting, unfit } = checked([...messages, bad, message('c', `${large}x`)]);
	expect(unfit).toMatchObject([
		{ state: 'invalid', text: expect.stringContaining('to.address') },
		{ state: 'invalid', text: expect.stringContaining('html') }
	]);
	const batches = packed(fitting);
	expect(batches.map(({ length }) => length)).toEqual([7, 7, 3]);
	for (const batch of batches)
		expect(JSON.stringify({ type: 'send', messages: batch }).length).toBeLessThan(mailLimits.frame);
});

test('one click is offered only where a page can be asked so', () => {
	const page = { 'List-Unsubscribe': '<https://shop.example/u?m=a>' };
	expect(withOneClick(page)).toEqual({
		...page,
		'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
	});
	for (const target of ['<mailto:out@shop.example>', '<http://shop.example/u>'])
		expect(withOneClick({ 'List-Unsubscribe': target })).toEqual({ 'List-Unsubscribe': target });
	expect(withOneClick({})).toEqual({});
});

test('a pace is of the last minute', () => {
	const pace = new Pace();
	pace.add(1, 0);
	expect(pace.perSecond(500)).toBeUndefined();
	for (let at = 1; at <= 100; at++) pace.add(2, at * 1000);
	expect(pace.perSecond(100_000)).toBeCloseTo(2, 1);
});
