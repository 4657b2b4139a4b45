import * as z from 'zod/mini';
import {
	AudienceLimit,
	HoldOut,
	sourceOf,
	type AudienceSource
} from '$lib/campaigns/audience/source';
import { Block, type PlacedBlock } from '$lib/campaigns/content/block';
import { isLocale } from '$lib/campaigns/content/locale';
import type { Stamp } from './gesture';
import { byOrder, compare } from './order';
import { ownerOf, readRegister, type BrokenRegister, type Registers } from './registers';
import { StampSchema, StateSchema, type SegmentState } from './segment';

/** Who a message is from. Addresses as they are typed: whether they are any, the review says. */
export const Sender = z.looseObject({
	name: z.string(),
	address: z.string(),
	replyTo: z.optional(z.string()),
	/** Where people unsubscribe: an address of the web, or of mail. */
	unsubscribe: z.optional(z.string())
});
export interface Sender {
	readonly name: string;
	readonly address: string;
	readonly replyTo?: string | undefined;
	readonly unsubscribe?: string | undefined;
}

const Language = z.string().check(z.refine(isLocale));

/** That a campaign went out, as all devices know it. Whom it went to only the device knows that sent it. */
export const Sent = z.looseObject({
	...{ at: z.number(), by: z.string() },
	/** The id of the frozen audience on the device that sent it. */
	run: z.string(),
	/** What its events call it: its name then. */
	ref: z.string(),
	/** How many it went to. */
	reach: z.int(),
	/** Of the frozen audience. */
	hash: z.string(),
	how: z.enum(['file', 'messages', 'smtp'])
});
export interface Sent extends Stamp {
	readonly run: string;
	readonly ref: string;
	readonly reach: number;
	readonly hash: string;
	readonly how: 'file' | 'messages' | 'smtp';
}

export type CampaignState = SegmentState;

export interface Campaign {
	readonly id: string;
	readonly name: string;
	readonly state: CampaignState;
	readonly created: Stamp;
	/** The last gesture that touched it. */
	readonly updated: Stamp;
	/** In the order in which they were added. */
	readonly include: readonly AudienceSource[];
	readonly exclude: readonly AudienceSource[];
	readonly holdOut: HoldOut | undefined;
	readonly limit: AudienceLimit | undefined;
	readonly sender: Sender;
	/** BCP 47: how it says dates, numbers and countries, and its own few words. */
	readonly language: string | undefined;
	readonly subject: string;
	/** What mail programs show beside the subject. */
	readonly preview: string;
	readonly blocks: readonly PlacedBlock[];
	/** That it went out; nothing while it is a draft. */
	readonly sent: Sent | undefined;
	/** All times it went out. More than one, if two people sent it who were apart; the first is `sent`. */
	readonly sends: readonly Sent[];
	/** Registers that do not read. They are left out, and kept. With any, it is not sent. */
	readonly issues: readonly BrokenRegister[];
}

const AddedAt = z.looseObject({ at: z.number() });

/** A campaign as the registers have it now; `undefined` if it was never created. */
export function readCampaign(registers: Registers, id: string): Campaign | undefined {
	if (registers.raw('campaigns', `${id}/new`) === undefined) return;
	const issues: BrokenRegister[] = [];
	const read = <T>(name: string, schema: z.ZodMiniType<T>): T | undefined =>
		readRegister(registers, 'campaigns', `${id}/${name}`, schema, issues);
	const created = read('new', StampSchema) ?? { at: 0, by: '' };
	const sends = readSends(registers, id, issues);
	return {
		id,
		name: read('name', z.string()) ?? '',
		state: read('state', StateSchema)?.state ?? 'active',
		created,
		updated: read('updated', StampSchema) ?? created,
		include: readSources(registers, id, 'include', issues),
		exclude: readSources(registers, id, 'exclude', issues),
		holdOut: read('holdOut', HoldOut),
		limit: read('limit', AudienceLimit),
		sender: read('sender', Sender) ?? { name: '', address: '' },
		language: read('language', Language),
		subject: read('subject', z.string()) ?? '',
		preview: read('preview', z.string()) ?? '',
		blocks: readBlocks(registers, id, issues),
		sent: sends[0],
		sends,
		issues
	};
}

/** Whether a register of a campaign stays as it was when that went out: all do but its name and where it is kept. */
export const staysAsSent = (registers: Registers, key: string): boolean =>
	!/^[^/]+\/(?:name|state|updated)$/.test(key) && isSent(registers, ownerOf(key));

export const isSent = (registers: Registers, id: string): boolean =>
	readCampaign(registers, id)?.sent !== undefined;

function readSources(
	registers: Registers,
	id: string,
	side: 'include' | 'exclude',
	issues: BrokenRegister[]
): AudienceSource[] {
	const prefix = `${id}/${side}/`;
	return [...registers.keys('campaigns', id)]
		.flatMap((key) => {
			if (!key.startsWith(prefix)) return [];
			const added = readRegister(registers, 'campaigns', key, AddedAt, issues);
			const source = sourceOf(key.slice(prefix.length));
			if (added && source) return [{ key, at: added.at, source }];
			if (added)
				issues.push({ type: 'BrokenRegister', root: 'campaigns', key, problem: 'unexpected' });
			return [];
		})
		.sort((a, b) => a.at - b.at || compare(a.key, b.key))
		.map(({ source }) => source);
}

function readSends(registers: Registers, id: string, issues: BrokenRegister[]): Sent[] {
	const prefix = `${id}/sent/`;
	return [...registers.keys('campaigns', id)]
		.flatMap((key) =>
			key.startsWith(prefix) ? (readRegister(registers, 'campaigns', key, Sent, issues) ?? []) : []
		)
		.sort((a, b) => a.at - b.at || compare(a.run, b.run));
}

function readBlocks(registers: Registers, id: string, issues: BrokenRegister[]): PlacedBlock[] {
	const pattern = /^[^/]+\/block\/([^/]+)\/body$/;
	return [...registers.keys('campaigns', id)]
		.flatMap((key): PlacedBlock[] => {
			const blockId = pattern.exec(key)?.[1];
			if (!blockId) return [];
			const block = readRegister(registers, 'campaigns', key, Block, issues);
			const place = `${id}/block/${blockId}/order`;
			const order = readRegister(registers, 'campaigns', place, z.string(), issues) ?? '';
			return block ? [{ id: blockId, order, block }] : [];
		})
		.sort(byOrder);
}
