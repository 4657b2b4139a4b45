import { expect, test } from 'vitest';
import { withoutPeople } from '$lib/errors';

test.each([
	['Key (email)=(ann@example.com) already exists.', 'Key … already exists.'],
	['invalid input syntax for type integer: "Ann"', 'invalid input syntax for type integer: …'],
	['no route to ann@example.com today', 'no route to … today'],
	['bad phone 0791234567', 'bad phone …'],
	['no answer in 3000 ms', 'no answer in 3000 ms']
])('what is kept of “%s” names nobody', (message, kept) => {
	expect(withoutPeople(message)).toBe(kept);
});

test('a kept message is short', () => {
	expect(withoutPeople('x'.repeat(1_000))).toHaveLength(300);
});
