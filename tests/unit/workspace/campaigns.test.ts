import { beforeEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import type { Block } from '$lib/campaigns/content/block';
import { readCampaign } from '$lib/workspace/campaigns';
import * as campaigns from '$lib/workspace/edit-campaigns';
import { registersOf } from '$lib/workspace/registers';
import { device, edit, meet, refusalsOf, send } from '../../fixtures/workspace/devices';

let ada: Y.Doc;
let bea: Y.Doc;
const id = 'autumn';
const read = (doc: Y.Doc) => readCampaign(registersOf(doc), id)!;
const vip = { type: 'segment', id: 'vip' } as const;
const news = { type: 'list', id: 'news' } as const;
const says = (text: string): Block => ({
	type: 'text',
	text: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] }
});
const again = { id: 'copy', name: 'Again' };
let ids = 0;
const newId = () => `id${ids++}`;
const sent = { run: 'r1', ref: 'Autumn', reach: 12, hash: 'aa', how: 'file' } as const;

beforeEach(() => {
	ada = device(1);
	bea = device(2);
	edit(ada, (e) => {
		campaigns.createCampaign(e, id, 'Autumn');
		campaigns.addBlock(e, id, 'b1', says('One'));
		campaigns.addBlock(e, id, 'b2', says('Two'));
	});
	send(ada, bea);
});

describe('a campaign', () => {
	it('has what two people who are apart have put into it', () => {
		edit(ada, (e) => campaigns.addSource(e, id, 'include', vip), 5);
		edit(bea, (e) => campaigns.addSource(e, id, 'include', news), 3, 'bea');
		edit(ada, (e) => campaigns.setBlock(e, id, 'b1', says('Uno')), 6);
		edit(bea, (e) => campaigns.setBlock(e, id, 'b2', says('Due')), 7, 'bea');
		edit(bea, (e) => campaigns.setSubject(e, id, 'Hello'), 8, 'bea');
		meet(ada, bea);
		expect(read(ada)).toEqual(read(bea));
		expect(read(ada)).toMatchObject({
			include: [news, vip],
			subject: 'Hello',
			blocks: [
				{ id: 'b1', block: says('Uno') },
				{ id: 'b2', block: says('Due') }
			]
		});
	});

	it('has its blocks where they were put, also where two people put one at one place', () => {
		edit(ada, (e) => campaigns.addBlock(e, id, 'a', says('A'), 'b1'));
		edit(bea, (e) => campaigns.addBlock(e, id, 'b', says('B'), 'b1'));
		meet(ada, bea);
		const order = () => read(ada).blocks.map((block) => block.id);
		expect(order()).toEqual(['b1', 'a', 'b', 'b2']);
		edit(ada, (e) => campaigns.addBlock(e, id, 'c', says('C'), 'a'));
		expect(order()).toEqual(['b1', 'a', 'c', 'b', 'b2']);
		edit(ada, (e) => campaigns.placeBlock(e, id, 'b2', 0));
		edit(ada, (e) => campaigns.removeBlock(e, id, 'a'));
		expect(order()).toEqual(['b2', 'b1', 'c', 'b']);
	});

	it('stays as it was once it was sent, but for its name and where it is kept', () => {
		edit(ada, (e) => campaigns.markSent(e, id, sent), 9);
		for (const work of [
			(e) => campaigns.setSubject(e, id, 'Other'),
			(e) => campaigns.addSource(e, id, 'include', vip),
			(e) => campaigns.removeBlock(e, id, 'b1'),
			(e) => campaigns.setHoldOut(e, id, { percent: 5, seed: 'x' })
		] satisfies Parameters<typeof refusalsOf>[1][])
			expect(refusalsOf(ada, work)[0]).toEqual({ type: 'CampaignSent', campaign: id });
		edit(ada, (e) => campaigns.renameCampaign(e, id, 'Fall'));
		edit(ada, (e) => campaigns.setCampaignState(e, id, 'archived'));
		expect(read(ada)).toMatchObject({ name: 'Fall', state: 'archived', sent: { ref: 'Autumn' } });
	});

	it('tells of each time it went out, where two people sent it who were apart', () => {
		edit(bea, (e) => campaigns.markSent(e, id, { ...sent, run: 'r2' }), 4, 'bea');
		edit(ada, (e) => campaigns.markSent(e, id, sent), 9);
		meet(ada, bea);
		expect(read(ada).sends.map(({ run }) => run)).toEqual(['r2', 'r1']);
		expect(read(ada).sent).toMatchObject({ run: 'r2', by: 'bea', at: 4 });
	});

	it('is copied without having been sent', () => {
		edit(ada, (e) => campaigns.addSource(e, id, 'exclude', news), 2);
		edit(ada, (e) => campaigns.setLanguage(e, id, 'de-CH'), 2);
		edit(ada, (e) => campaigns.markSent(e, id, sent), 9);
		edit(ada, (e) => campaigns.duplicateCampaign(e, id, again, newId), 10);
		const { id: _, name, sends, ...copy } = readCampaign(registersOf(ada), 'copy')!;
		expect({ name, sends }).toEqual({ name: 'Again', sends: [] });
		expect(copy).toMatchObject({ exclude: [news], blocks: read(ada).blocks, language: 'de-CH' });
	});

	it('draws other lots in a copy', () => {
		edit(ada, (e) => campaigns.setHoldOut(e, id, { percent: 20, seed: id }), 2);
		edit(ada, (e) => campaigns.duplicateCampaign(e, id, again, newId), 3);
		expect(readCampaign(registersOf(ada), 'copy')!.holdOut).toEqual({ percent: 20, seed: 'copy' });
		expect(read(ada).holdOut).toEqual({ percent: 20, seed: id });
	});

	it('leaves out what does not read, and says so', () => {
		ada.getMap('campaigns').set(`${id}/block/b2/body`, { type: 'video' });
		ada.getMap('campaigns').set(`${id}/include/planet:x`, { at: 1 });
		ada.getMap('campaigns').set(`${id}/holdOut`, { percent: 100, seed: 'x' });
		ada.getMap('campaigns').set(`${id}/language`, 'de_CH');
		const { blocks, include, holdOut, language, issues } = read(ada);
		expect([blocks.length, include, holdOut, language]).toEqual([1, [], undefined, undefined]);
		expect(issues.map(({ key }) => key).sort()).toEqual([
			`${id}/block/b2/body`,
			`${id}/holdOut`,
			`${id}/include/planet:x`,
			`${id}/language`
		]);
	});

	it('that is not there is not edited', () => {
		expect(refusalsOf(ada, (e) => campaigns.setSubject(e, 'none', 'x'))).toEqual([
			{ type: 'CampaignGone', campaign: 'none' }
		]);
	});
});
