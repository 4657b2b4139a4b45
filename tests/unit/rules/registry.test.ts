import { expect, test } from 'vitest';
import { readCondition, signOf } from '$lib/rules/conditions/registry';

test.each([
	[{ kind: 'field', field: 'city' }, 'field'],
	[
		{ kind: 'field', field: 'email_consent', of: 'select', test: { operator: 'hasValue' } },
		'consent'
	],
	[{ kind: 'field', field: 'sms_consent_at' }, 'consent'],
	[{ kind: 'field', field: 'email_consent_source' }, 'consent'],
	// A field somebody made: what it is called says nothing about consent.
	[{ kind: 'field', field: 'cookie_consent' }, 'field'],
	[{ kind: 'field' }, 'field'],
	[{ kind: 'event', types: ['order_placed'], did: true }, 'event'],
	[{ kind: 'everyone' }, 'everyone'],
	[{ kind: 'tag' }, 'group'],
	[{ kind: 'telepathy' }, 'group']
])('%j has the sign %s, finished or not', (condition, sign) => {
	expect(signOf(condition)).toBe(sign);
});

test('a condition is read if it is whole and of a known kind', () => {
	const vip = { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } };
	expect(readCondition(vip)).toEqual(vip);
	expect(readCondition({ kind: 'tag', test: { operator: 'anyOf', tags: [] } })).toBeUndefined();
	expect(readCondition({ kind: 'telepathy' })).toBeUndefined();
});
