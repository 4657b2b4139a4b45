import { expect, test } from 'vitest';
import { describeAct, describeDone } from '$lib/contacts/describe-act';
import { orderText, readOrder, readWithin, withinText } from '$lib/contacts/within';

test('what a table is narrowed to survives its address', () => {
	for (const text of ['archived', 'segment:s-1', 'list:l:x', 'tag:t 1'])
		expect(withinText(readWithin(text))).toBe(text);
	expect(withinText({ type: 'everyone' })).toBeUndefined();
});

test('an address that means nothing is everyone, and never an error', () => {
	for (const text of [undefined, '', 'segment:', 'campaign:x', 'everyone'])
		expect(readWithin(text)).toEqual({ type: 'everyone' });
});

test('an order survives its address', () => {
	expect(readOrder('-created_at')).toEqual({ by: 'created_at', descending: true });
	expect(readOrder('name')).toEqual({ by: 'name', descending: false });
	expect(readOrder(undefined)).toBeUndefined();
	expect(orderText({ by: 'created_at', descending: true })).toBe('-created_at');
});

test('an act is said before and after, also where it changed nothing', () => {
	const tag = { type: 'add', to: 'tag', id: 't' } as const;
	const leave = { type: 'remove', from: 'list', id: 'l' } as const;
	expect(describeAct(tag, '3 contacts', 'vip')).toBe('Tag 3 contacts with “vip”');
	expect(describeDone(tag, '2 contacts', 'vip')).toBe('2 contacts tagged “vip”.');
	expect(describeDone(tag, undefined, 'vip')).toBe('All of them had “vip” already.');
	expect(describeAct(leave, '3 contacts', 'News')).toBe('Remove 3 contacts from “News”');
	expect(describeDone(leave, undefined, 'News')).toBe('None of them was in “News”.');
	expect(describeDone({ type: 'archive' }, '1 contact', '')).toBe('1 contact archived.');
});
