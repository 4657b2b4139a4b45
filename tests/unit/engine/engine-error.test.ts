import { expect, test } from 'vitest';
import { isDead } from '$lib/engine/dead';
import { errorOf, within } from '$lib/engine/engine-error';
import { namespaceOf } from '$lib/engine/namespace';
import { limitsOf, stores } from '$lib/engine/protocol';

test('what crossed as a plain value is an error again, with its code', () => {
	const error = errorOf({ message: 'division by zero', code: '22012', detail: undefined });
	expect(error).toBeInstanceOf(Error);
	expect(error).toMatchObject({ message: 'division by zero', code: '22012' });
	expect(errorOf('gone').message).toBe('gone');
});

test('an answer in time is the answer, and a late one is LATE', async () => {
	await expect(within(1_000, Promise.resolve(7), 'count')).resolves.toBe(7);
	await expect(within(1, new Promise(() => {}), 'count')).rejects.toMatchObject({ code: 'LATE' });
});

test('only the port’s word and WebAssembly’s own error mean that the database is gone', () => {
	expect(isDead({ code: 'DEAD' })).toBe(true);
	expect(isDead(new WebAssembly.RuntimeError('unreachable'))).toBe(true);
	expect(isDead({ code: '22012', message: 'division by zero' })).toBe(false);
	expect(isDead(undefined)).toBe(false);
});

test('copies of the app in two folders keep apart', () => {
	expect(namespaceOf('/')).toBe('winnow');
	expect(namespaceOf('/demo/')).toBe('winnow-demo');
	expect(namespaceOf('/team/demo/')).toBe('winnow-team-demo');
});

test('only the stores that work in memory have a limit', () => {
	expect(stores.map(limitsOf)).toEqual([
		null,
		{ contacts: 100_000, events: 1_000_000 },
		{ contacts: 100_000, events: 1_000_000 }
	]);
});
