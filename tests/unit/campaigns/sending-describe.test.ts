import { expect, test } from 'vitest';
import { senderRefusal } from '$lib/campaigns/sending/describe';

test('it is said from where a relay sends, of an address that it does not send from', () => {
	const senders = ['shop.example', 'ana@other.example'];
	for (const address of ['News@Shop.example', 'ana@other.example'])
		expect(senderRefusal(address, senders)).toBeUndefined();
	for (const address of ['bo@other.example', 'news@mail.shop.example'])
		expect(senderRefusal(address, senders)).toBe(
			`The relay may not send from ${address}, only from shop.example, ana@other.example.`
		);
});
