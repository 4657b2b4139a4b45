import { expect, test } from 'vitest';
import { english } from '$lib/rules/english';
import { rootId } from '$lib/rules/rule';
import { sayChanges } from '../../../src/routes/settings/log/say-change';
import { definitions } from '../../fixtures/people';

const tagged = { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } };
const rule = {
	...{ type: 'group', id: 'root', match: 'all' },
	children: [{ type: 'condition', id: 'a', condition: tagged }]
};
const known = {
	definitions,
	language: english,
	ruleOf: (_: string, version: string) =>
		version === 'v1'
			? ({ type: 'group', id: rootId, match: 'all', children: [] } as const)
			: undefined,
	nameOf: (root: string) => (root === 'campaigns' ? 'Autumn' : undefined)
};

test('a rule that was saved is said in sentences, before and after, once', () => {
	const made = { at: 1, by: 'ada', rule, why: 'saved' };
	const said = sayChanges(
		[
			{ register: 'versions s/v2', before: undefined, after: made },
			{ register: 'segments s/saved', before: 'v1', after: 'v2' }
		],
		known
	);
	expect(said).toEqual([
		{ what: 'Rule that counts', before: 'No rules.', after: 'Is tagged vip.' }
	]);
});

test('other changes are said with what they are about, and no JSON', () => {
	const say = (register: string, before?: string | object, after?: string | object) =>
		sayChanges([{ register, before: before as never, after: after as never }], known);
	expect(say('segments s/name', 'Old', 'New')).toEqual([
		{ what: 'Name', before: 'Old', after: 'New' }
	]);
	expect(say('nodes s/a/b', undefined, { type: 'condition', condition: tagged })).toEqual([
		{ what: 'Rule', before: undefined, after: 'is tagged vip' }
	]);
	expect(say('nodes s/a/p', undefined, ['root', 'a'] as never)).toEqual([]);
	expect(say('campaigns c/holdOut', { share: 1 }, { share: 2 })).toEqual([
		{ what: 'Campaign “Autumn”, hold out: changed', before: undefined, after: undefined }
	]);
});
