import { expect, test } from 'vitest';
import { senderDoubt, senderProblem } from '$lib/campaigns/hand-over/made';

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
