import { beforeEach, describe, expect, it } from 'vitest';
import { defaultFormat } from '$lib/exports/format';
import type { RichText } from '$lib/campaigns/content/block';
import { parseRule } from '$lib/rules/parse';
import { rootId, NodeId, type DraftCondition } from '$lib/rules/rule';
import type { SmartListView } from '$lib/smart-lists/view';
import { blockersOf, blockersOfAll, usersNow, usesIn, usesOf } from '$lib/uses/uses';
import type { Used } from '$lib/uses/mentions';
import * as campaigns from '$lib/workspace/edit-campaigns';
import type { ConditionDraft } from '$lib/workspace/edit-rule';
import { putExportTemplate } from '$lib/workspace/edit-exports';
import { setCampaign } from '$lib/workspace/edit-segment';
import { setSmartListState } from '$lib/workspace/edit-smart-lists';
import type { Edit } from '$lib/workspace/gesture';
import { Workspace } from '$lib/workspace/workspace.svelte';
import { device } from '../../fixtures/workspace/devices';

let w: Workspace;
beforeEach(() => {
	let id = 0;
	w = new Workspace(device(1), { by: 'ada', now: () => 1234, newId: () => `id${id++}` });
});

const newSegment = (name: string, condition: ConditionDraft, save = true) => {
	const made = w.createSegment(name);
	if (!made.ok) throw new Error('refused');
	w.addCondition(made.value, condition, { parent: rootId });
	if (save) w.saveSegment(made.value);
	return made.value;
};
const newSmartList = (name: string, view: Partial<SmartListView>) => {
	const made = w.createSmartList(name, {
		...{ rule: null, columns: [], density: 'compact' },
		...view
	});
	if (!made.ok) throw new Error('refused');
	return made.value;
};
const newCampaign = (name: string, work: (edit: Edit, id: string) => void) => {
	const made = w.gesture('Create campaign', (edit) => {
		const id = `c-${name}`;
		campaigns.createCampaign(edit, id, name);
		work(edit, id);
		return id;
	});
	if (!made.ok) throw new Error('refused');
	return made.value;
};
const send = (edit: Edit, id: string, ref: string) =>
	campaigns.markSent(edit, id, { run: 'r', ref, reach: 1, hash: '', how: 'file' });
const inList = (...lists: string[]): ConditionDraft => ({
	kind: 'list',
	test: { operator: 'inAny', lists }
});
const only = (condition: ConditionDraft): DraftCondition => ({
	...{ type: 'condition', id: NodeId.parse('only') },
	condition
});
const text = (...content: RichText[]): RichText => ({
	type: 'doc',
	content: [{ type: 'paragraph', content }]
});
const users = (type: Used['type'], id: string) => usesOf({ type, id }, w).map(({ name }) => name);
const blockers = (type: Used['type'], id: string) =>
	blockersOf({ type, id }, w).map(({ name }) => name);

describe('segments', () => {
	it('use a list by saved rules, drafts and archived ones, and not by deleted ones', () => {
		newSegment('Saved', inList('a', 'b'));
		newSegment('Draft', inList('a'), false);
		w.setState(newSegment('Archived', inList('a')), 'archived');
		w.setState(newSegment('Deleted', inList('a')), 'deleted');
		const changed = newSegment('Saved once', inList('a'));
		w.remove(changed, w.segment(changed)!.draft.children[0]!.id);
		expect(users('list', 'a')).toEqual(['Archived', 'Draft', 'Saved', 'Saved once']);
		expect(users('list', 'b')).toEqual(['Saved']);
		// A tag may have the same id.
		expect(users('tag', 'a')).toEqual([]);
	});

	it('use a field they compare with, and what may be one in conditions that are not finished or not known', () => {
		const number = { kind: 'field', of: 'number' };
		newSegment('Compared', {
			...{ ...number, field: 'x' },
			test: { operator: 'equals', value: { field: 'score' } }
		});
		newSegment('Unfinished', { ...number, field: 'score', test: { operator: 'equals' } }, false);
		newSegment('Newer', { kind: 'forecast', by: ['score'] }, false);
		newSegment('Another', { kind: 'forecast', by: ['scores'] }, false);
		expect(users('field', 'score')).toEqual(['Compared', 'Newer', 'Unfinished']);
	});

	it('use segments they refer to, and types of events', () => {
		const swiss = newSegment('Swiss', { kind: 'everyone' });
		newSegment('Saved', { kind: 'segment', segment: swiss, in: true });
		newSegment('Moved', { kind: 'membership', segment: swiss, did: true, move: 'left' });
		newSegment('Itself', { kind: 'segment', segment: 'id99', in: true }, false);
		newSegment('Buyers', { kind: 'event', types: ['order_placed'], did: true });
		expect(users('segment', swiss)).toEqual(['Moved', 'Saved']);
		expect(users('eventType', 'order_placed')).toEqual(['Buyers']);
	});

	it('use a campaign that went out when they ask about its emails, by what it was called then', () => {
		const sent = newCampaign('Autumn', (edit, id) => send(edit, id, 'Autumn 2026'));
		newCampaign('Winter', () => {});
		newSegment('Openers', {
			...{ kind: 'message', did: true, activity: 'opened' },
			emails: { which: 'campaigns', campaigns: ['Autumn 2026', 'Spring'] }
		});
		newSegment('Clickers', {
			...{ kind: 'event', types: ['email_clicked'], did: true },
			where: [
				{ property: 'campaign', of: 'text', test: { operator: 'isAnyOf', values: ['Autumn 2026'] } }
			]
		});
		newSegment('Others', {
			...{ kind: 'event', types: ['page_viewed'], did: true },
			where: [{ property: 'title', of: 'text', test: { operator: 'is', value: 'Autumn 2026' } }]
		});
		expect(users('campaign', sent)).toEqual(['Clickers', 'Openers']);
		expect(users('campaign', 'c-Winter')).toEqual([]);
	});
});

describe('a campaign', () => {
	it('uses whom it is for and never for, and the segments of its variants', () => {
		newCampaign('Offer', (edit, id) => {
			campaigns.addSource(edit, id, 'include', { type: 'list', id: 'news' });
			campaigns.addSource(edit, id, 'exclude', { type: 'segment', id: 'lapsed' });
			campaigns.addSource(edit, id, 'include', { type: 'smartList', id: 'view' });
			campaigns.addBlock(edit, id, 'b', {
				type: 'dynamic',
				variants: [{ id: 'v', segment: 'swiss', text: text() }],
				otherwise: null
			});
		});
		expect(users('list', 'news')).toEqual(['Offer']);
		expect(users('segment', 'lapsed')).toEqual(['Offer']);
		expect(users('segment', 'swiss')).toEqual(['Offer']);
		expect(users('smartList', 'view')).toEqual(['Offer']);
		expect(users('segment', 'news')).toEqual([]);
	});

	it('uses fields by what it says: in the subject, the preview and every block', () => {
		newCampaign('Offer', (edit, id) => {
			campaigns.setSubject(edit, id, 'Dear {nick | "friend"}, {city}');
			campaigns.setPreview(edit, id, 'In { region |"you"}');
			campaigns.addBlock(edit, id, 'b', {
				type: 'dynamic',
				variants: [
					{ id: 'v', text: text({ type: 'merge', attrs: { field: 'score', fallback: '0' } }) }
				],
				otherwise: text({ type: 'text', text: 'Hi {company}' })
			});
		});
		newCampaign('Leave', (edit, id) =>
			campaigns.setSender(edit, id, {
				...{ name: '', address: '', unsubscribe: 'https://shop.test/leave?key={secret}' }
			})
		);
		expect(blockers('field', 'secret')).toEqual(['Leave']);
		for (const field of ['nick', 'city', 'region', 'score', 'company'])
			expect(users('field', field), field).toEqual(['Offer']);
		expect(users('field', 'friend')).toEqual([]);
	});

	it('uses fields that are written by their names', () => {
		w.putField({ id: 'k1', name: 'Voucher code', type: 'text' });
		w.putField({ id: 'k2', name: 'voucher CODE', type: 'text' });
		newCampaign('Offer', (edit, id) => {
			const link = { type: 'link', attrs: { href: 'https://shop.test/{ voucher code }' } };
			campaigns.addBlock(edit, id, 'b', {
				type: 'text',
				text: text({ type: 'text', text: 'Shop', marks: [link] })
			});
		});
		expect(blockers('field', 'k1')).toEqual(['Offer']);
		// It would be the other that is meant.
		expect(users('field', 'k2')).toEqual([]);
	});

	it('is what a segment that was built for it is', () => {
		const offer = newCampaign('Offer', () => {});
		const built = newSegment('', inList('news'));
		w.gesture('Build', (edit) => {
			setCampaign(edit, built, offer);
			campaigns.addSource(edit, offer, 'exclude', { type: 'segment', id: built });
		});
		expect(usesOf({ type: 'list', id: 'news' }, w)).toEqual([
			{ type: 'campaign', id: offer, name: 'Offer', archived: false, sent: false }
		]);
		// Left behind by it, the segment is nobody's.
		w.gesture('Let go', (edit) =>
			edit.write('campaigns', `${offer}/exclude/segment:${built}`, undefined)
		);
		expect(users('list', 'news')).toEqual([]);
	});
});

it('of many things it is known at once what uses each, as if they were asked about one by one', () => {
	const ids = Array.from({ length: 40 }, (_, i) => `l${i}`);
	for (const [i, id] of ids.entries()) {
		const segment = newSegment(`S${i}`, inList(id, ids[(i * 7) % 40]!), i % 3 > 0);
		newSmartList(`V${i}`, { rule: only({ kind: 'segment', segment, in: true }), columns: [id] });
		newCampaign(`C${i}`, (edit, campaign) => {
			campaigns.addSource(edit, campaign, i % 2 ? 'include' : 'exclude', { type: 'list', id });
			if (i % 5 === 0) send(edit, campaign, `C${i}`);
		});
	}
	newSegment('Newer', { kind: 'forecast', by: ['l3', 'l4'] }, false);
	const uses = usesIn(usersNow(w));
	const mentions = (id: string) =>
		[...w.segments, ...w.smartLists, ...w.campaigns]
			.filter((one) => JSON.stringify('draft' in one ? one.draft : one).includes(`"${id}"`))
			.map(({ name }) => name);
	for (const id of ids) {
		const names = uses({ type: 'list', id }).map(({ name }) => name);
		// A column of the same id is a field.
		expect([...names].sort()).toEqual(
			mentions(id)
				.filter((name) => !name.startsWith('V'))
				.sort()
		);
		expect(uses({ type: 'field', id }).map(({ name }) => name)).toContain(`V${id.slice(1)}`);
	}
});

it('a smart list uses what its rule asks about, the fields it shows and the one it is sorted by', () => {
	newSmartList('Newcomers', {
		rule: only(inList('news')),
		columns: ['email', 'tags', 'score'],
		sort: { by: 'joined', descending: true }
	});
	expect(users('list', 'news')).toEqual(['Newcomers']);
	expect(users('field', 'score')).toEqual(['Newcomers']);
	expect(users('field', 'joined')).toEqual(['Newcomers']);
	expect(users('field', 'tags')).toEqual([]);
});

it('a template of exports uses the fields of its columns, and those that are put together', () => {
	w.gesture('Save template', (edit) =>
		putExportTemplate(edit, 't', 'Meta', {
			columns: [
				{ id: '1', header: '', source: 'field', field: 'score', as: 'text' },
				{ id: '2', header: '', source: 'combined', parts: [{ field: 'city' }, 'email'] },
				{ id: '3', header: 'score', source: 'constant', text: 'nick' }
			],
			format: defaultFormat
		})
	);
	expect(users('field', 'score')).toEqual(['Meta']);
	expect(users('field', 'city')).toEqual(['Meta']);
	for (const field of ['email', 'nick', 'text']) expect(users('field', field)).toEqual([]);
	expect(users('list', 'score')).toEqual([]);
	expect(blockers('field', 'score')).toEqual(['Meta']);
});

describe('a thing', () => {
	it('cannot be deleted for drafts, saved rules, smart lists and campaigns to be sent', () => {
		newSegment('Draft', inList('news'), false);
		newSmartList('View', { rule: only(inList('news')) });
		newCampaign('Offer', (edit, id) =>
			campaigns.addSource(edit, id, 'include', { type: 'list', id: 'news' })
		);
		expect(blockers('list', 'news')).toEqual(['Draft', 'Offer', 'View']);
	});

	it('can be deleted when only campaigns that went out and archived things use it', () => {
		newCampaign('Sent', (edit, id) => {
			campaigns.addSource(edit, id, 'include', { type: 'list', id: 'news' });
			send(edit, id, 'Sent');
		});
		newCampaign('Put away', (edit, id) => {
			campaigns.addSource(edit, id, 'include', { type: 'list', id: 'news' });
			campaigns.setCampaignState(edit, id, 'archived');
		});
		const view = newSmartList('View', { rule: only(inList('news')) });
		w.gesture('Archive', (edit) => setSmartListState(edit, view, 'archived'));
		const archived = newSegment('Archived', inList('news'));
		w.setState(archived, 'archived');
		expect(users('list', 'news')).toEqual(['Archived', 'Put away', 'Sent', 'View']);
		expect(blockers('list', 'news')).toEqual([]);

		// An archived segment is still counted where another refers to it.
		newSegment('Refers', { kind: 'segment', segment: archived, in: true });
		expect(blockers('list', 'news')).toEqual(['Archived']);
	});

	it('cannot be deleted for archived segments that count by way of others, be it in a circle', () => {
		const first = newSegment('First', inList('news'));
		const second = newSegment('Second', inList('news'));
		for (const [one, other] of [[first, second] as const, [second, first] as const]) {
			w.addCondition(one, { kind: 'segment', segment: other, in: true }, { parent: rootId });
			w.setState(one, 'archived');
		}
		expect(blockers('list', 'news')).toEqual([]);
		newSegment('Refers', { kind: 'segment', segment: second, in: true });
		expect(blockers('list', 'news')).toEqual(['First', 'Second']);
	});

	it('that is archived takes nothing with it: what uses it goes on as it was', () => {
		const swiss = newSegment('Swiss', { kind: 'everyone' });
		const vip = newSegment('VIP', { kind: 'segment', segment: swiss, in: true });
		const offer = newCampaign('Offer', (edit, id) =>
			campaigns.addSource(edit, id, 'include', { type: 'segment', id: swiss })
		);
		const before = [w.segment(vip), w.campaign(offer)];
		w.setState(swiss, 'archived');
		expect([w.segment(vip), w.campaign(offer)]).toEqual(before);
		expect(parseRule(w.segment(vip)!.saved!, w.definitions, vip).ok).toBe(true);
		expect(users('segment', swiss)).toEqual(['VIP', 'Offer']);
	});

	it('is not in the way of itself, nor of what is deleted with it', () => {
		const swiss = newSegment('Swiss', { kind: 'everyone' });
		const vip = newSegment('VIP', { kind: 'segment', segment: swiss, in: true });
		w.addCondition(swiss, { kind: 'segment', segment: swiss, in: true }, { parent: rootId });
		expect(blockers('segment', swiss)).toEqual(['VIP']);
		const both = [swiss, vip].map((id) => ({ type: 'segment' as const, id }));
		expect(blockersOfAll(both, w)).toEqual([]);
	});
});
