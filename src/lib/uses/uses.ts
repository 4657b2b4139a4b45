import { fieldCalled } from '$lib/campaigns/content/merge-names';
import type { Fields } from '$lib/fields/field';
import { textKey } from '$lib/text-key';
import type { Campaign } from '$lib/workspace/campaigns';
import type { Segment } from '$lib/workspace/segment';
import type { SmartList } from '$lib/workspace/smart-lists';
import type { UsingTemplate } from '$lib/workspace/template-fields';
import {
	keyOf,
	mentionsOfCampaign,
	mentionsOfSegment,
	mentionsOfSmartList,
	mentionsOfTemplate,
	type Mentions,
	type Used
} from './mentions';

/** What uses something. A segment that was built for one campaign is that campaign, while that is for it. */
export interface User {
	readonly type: 'segment' | 'campaign' | 'smartList' | 'exportTemplate';
	readonly id: string;
	readonly name: string;
	readonly archived: boolean;
	/** A campaign that went out: what it used is kept with it. */
	readonly sent: boolean;
}

/** All that may use something; the workspace is such. None of it is deleted. */
export interface Users {
	readonly segments: readonly Segment[];
	readonly campaignSegments: readonly Segment[];
	readonly campaigns: readonly Campaign[];
	readonly smartLists: readonly SmartList[];
	readonly exportTemplates: readonly UsingTemplate[];
	readonly definitions: { readonly fields: Fields };
}

/** The same as it is now: for asking about many things at once. */
export const usersNow = (from: Users): Users => ({
	segments: from.segments,
	campaignSegments: from.campaignSegments,
	campaigns: from.campaigns,
	smartLists: from.smartLists,
	exportTemplates: from.exportTemplates,
	definitions: from.definitions
});

/**
 * What uses a thing: segments by their saved rule or draft, campaigns by whom they are for and what they say, smart
 * lists by their rule and columns, templates of exports. Archived ones and sent campaigns too.
 */
export const usesOf = (used: Used, from: Users): readonly User[] => usesIn(from)(used);

/** What uses any thing, for asking about many of them: all that may use something is looked through once. */
export function usesIn(from: Users): (used: Used) => readonly User[] {
	const users: User[] = [];
	/** Users by what they mention, as places in `users`, ascending. */
	const known = new Map<string, Set<number>>();
	const perhaps = new Map<string, Set<number>>();
	const add = (user: User, mentions: readonly Mentions[]) => {
		const place = users.push(user) - 1;
		for (const one of mentions) {
			for (const key of one.known) addTo(known, key, place);
			for (const text of one.perhaps) addTo(perhaps, text, place);
		}
	};

	for (const one of from.segments) add(userOf('segment', one), [mentionsOfSegment(one)]);
	const { campaigns } = from;
	const built = new Map(from.campaignSegments.map((one) => [keyOf('segment', one.id), one]));
	for (const one of campaigns) {
		const own = mentionsOfCampaign(one);
		const parts = [...own.known].flatMap((key) => built.get(key) ?? []).map(mentionsOfSegment);
		add({ ...userOf('campaign', one), sent: one.sent !== undefined }, [own, ...parts]);
	}
	for (const one of from.smartLists) add(userOf('smartList', one), [mentionsOfSmartList(one)]);
	for (const one of from.exportTemplates)
		add(userOf('exportTemplate', one), [mentionsOfTemplate(one)]);

	return (used) => {
		const places = new Set([
			...namesOf(used, from).flatMap((name) => [...(known.get(name) ?? [])]),
			...(used.type === 'campaign' ? [] : (perhaps.get(used.id) ?? []))
		]);
		return [...places]
			.sort((a, b) => a - b)
			.map((place) => users[place]!)
			.filter(({ type, id }) => type !== used.type || id !== used.id);
	};
}

function addTo(index: Map<string, Set<number>>, key: string, place: number): void {
	const places = index.get(key);
	if (places) places.add(place);
	else index.set(key, new Set([place]));
}

/**
 * Of what uses a thing, what would break if it were deleted: not campaigns that went out, nor what is archived; but an
 * archived segment is still counted where others refer to it, and then they would.
 */
export const blockersOf = (used: Used, from: Users): readonly User[] => blockersIn(from)(used);

function blockersIn(from: Users): (used: Used) => readonly User[] {
	const uses = usesIn(from);
	/** Whether anything would miss an archived segment, be it by other archived ones. */
	const isCounted = (id: string): boolean => {
		const archived = new Set([id]);
		for (const segment of archived)
			for (const user of uses({ type: 'segment', id: segment })) {
				if (!user.archived && !user.sent) return true;
				if (user.archived && user.type === 'segment') archived.add(user.id);
			}
		return false;
	};
	return (used) =>
		uses(used).filter(
			({ type, id, archived, sent }) =>
				!sent && (!archived || (type === 'segment' && isCounted(id)))
		);
}

/** What uses any of these, and is none of them. */
export const usersOfAll = (things: readonly Used[], from: Users): readonly User[] =>
	outside(things, usesIn(from));

/** What would break if these were deleted together. */
export const blockersOfAll = (things: readonly Used[], from: Users): readonly User[] =>
	outside(things, blockersIn(from));

function outside(things: readonly Used[], find: (used: Used) => readonly User[]): readonly User[] {
	const going = new Set(things.map(({ type, id }) => keyOf(type, id)));
	const found = new Map<string, User>();
	for (const thing of things)
		for (const user of find(thing)) {
			const key = `${user.type} ${user.id}`;
			if (!going.has(key)) found.set(key, user);
		}
	return [...found.values()];
}

/**
 * What a thing is called where it is used: a campaign by its id, and by its name when it went out; a field by its id,
 * and by its name if that leads to it.
 */
function namesOf(
	{ type, id }: Used,
	{ campaigns, definitions: { fields } }: Users
): readonly string[] {
	const sends = type === 'campaign' ? campaigns.find((one) => one.id === id)?.sends : undefined;
	const name = type === 'field' ? fields.get(id)?.name.trim() : undefined;
	return [
		keyOf(type, id),
		...(sends ?? []).map(({ ref }) => keyOf('ref', ref)),
		...(name && fieldCalled(name, fields)?.id === id ? [keyOf('called', textKey(name))] : [])
	];
}

const userOf = (
	type: User['type'],
	{
		id,
		name,
		state
	}: { readonly id: string; readonly name: string; readonly state?: string | undefined }
): User => ({ type, id, name, archived: state === 'archived', sent: false });
