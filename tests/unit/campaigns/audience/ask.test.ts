import { expect, test } from 'vitest';
import { audienceAsk, describeAudienceIssue, type SourceRules } from '$lib/campaigns/audience/ask';
import type { AudienceSource } from '$lib/campaigns/audience/source';
import { inList } from '$lib/contacts/within';
import { err, ok } from '$lib/result';
import { rootId } from '$lib/rules/rule';

const segment = (id: string): AudienceSource => ({ type: 'segment', id });
const list = (id: string): AudienceSource => ({ type: 'list', id });
const smartList = (id: string): AudienceSource => ({ type: 'smartList', id });
const broken = { type: 'EmptyGroup', node: rootId, muted: false } as const;

const rules: SourceRules = {
	segment: (id) =>
		({ good: ok(inList('of-good')), broken: err([broken]) })[id as 'good' | 'broken'],
	smartList: (id) => (id === 'views' ? ok(inList('of-views')) : undefined),
	lists: new Set(['news'])
};
const campaign = {
	...{ id: 'c', include: [segment('good')], exclude: [list('news'), smartList('views')] },
	...{ holdOut: { percent: 5, seed: 's' }, limit: undefined, issues: [] }
};

test('a campaign is asked for by the rules of its sources', () => {
	expect(audienceAsk(campaign, rules)).toEqual(
		ok({
			campaign: 'c',
			include: [{ source: segment('good'), rule: inList('of-good') }],
			exclude: [
				{ source: list('news'), rule: inList('news') },
				{ source: smartList('views'), rule: inList('of-views') }
			],
			holdOut: { percent: 5, seed: 's' },
			limit: undefined
		})
	);
});

test('a source that cannot be asked for is an issue, each is told, and none is left out', () => {
	const include = [segment('good'), segment('unsaved'), segment('broken')];
	const exclude = [list('gone'), smartList('gone')];
	const asked = audienceAsk({ ...campaign, include, exclude }, rules);
	expect(asked).toEqual(
		err([
			{ type: 'NotSaved', side: 'include', source: segment('unsaved') },
			{ type: 'Broken', side: 'include', source: segment('broken'), issues: [broken] },
			{ type: 'Gone', side: 'exclude', source: list('gone') },
			{ type: 'Gone', side: 'exclude', source: smartList('gone') }
		])
	);
	if (asked.ok) return;
	const named = ({ id }: AudienceSource) => (id === 'gone' ? undefined : `The ${id}`);
	expect(asked.error.map((issue) => describeAudienceIssue(issue, named))).toEqual([
		'“The unsaved” has not been saved yet. Save it first, or remove it here.',
		'“The broken” has an issue in its rule. Mend it there, or remove it here.',
		'A list is no longer there. It keeps people out of this campaign, so nobody is counted until you remove or replace it.',
		'A smart list is no longer there. It keeps people out of this campaign, so nobody is counted until you remove or replace it.'
	]);
});

test('what of a campaign cannot be read may be an exclusion, so nobody is asked for', () => {
	const issue = {
		type: 'BrokenRegister',
		root: 'campaigns',
		key: 'c/exclude/list:x',
		problem: 'unexpected'
	} as const;
	expect(audienceAsk({ ...campaign, issues: [issue] }, rules)).toEqual(
		err([{ type: 'Unreadable', key: 'c/exclude/list:x' }])
	);
});
