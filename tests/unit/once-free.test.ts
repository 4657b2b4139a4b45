import { expect, test } from 'vitest';
import { onceFree } from '$lib/once-free';

test('what is held is tried again until it is free', async () => {
	let tries = 0;
	const opened = await onceFree(async () => {
		if (++tries < 3) throw new DOMException('held', 'NoModificationAllowedError');
		return 'opened';
	});
	expect([opened, tries]).toEqual(['opened', 3]);
});

test('any other refusal is the last word', async () => {
	let tries = 0;
	const opening = onceFree(async () => {
		tries++;
		throw new DOMException('too many', 'InvalidStateError');
	});
	await expect(opening).rejects.toThrow('too many');
	expect(tries).toBe(1);
});
