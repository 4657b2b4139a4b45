import { expect, test } from 'vitest';
import { countsOf } from '$lib/uses/user-words';
import type { User } from '$lib/uses/uses';

const users = (...types: User['type'][]): User[] =>
	types.map((type, i) => ({ type, id: `${i}`, name: '', archived: false, sent: false }));

test('what uses a thing is counted by kind, most first', () => {
	expect(countsOf(users('segment', 'campaign', 'campaign'))).toEqual(['2 campaigns', '1 segment']);
	expect(countsOf(users('smartList', 'exportTemplate'))).toEqual([
		'1 smart list',
		'1 export template'
	]);
	expect(countsOf([])).toEqual([]);
});
