import { NodeId, type Rule } from '$lib/rules/rule';
import { readRegion, regionText, type Region } from './region';

/** What the table is narrowed to, as the address has it: `segment:x`, `list:x`, `tag:x`, `view:x` (a smart list), `overlap:x,y;z` or `archived`. */
export type Within =
	| { readonly type: 'everyone' }
	| { readonly type: 'archived' }
	| { readonly type: 'overlap'; readonly region: Region }
	| { readonly type: 'segment' | 'list' | 'tag' | 'view'; readonly id: string };

export function readWithin(text: string | undefined): Within {
	if (text === 'archived') return { type: 'archived' };
	const region = text?.startsWith('overlap:') && readRegion(text.slice('overlap:'.length));
	if (region) return { type: 'overlap', region };
	const [, type, id] = /^(segment|list|tag|view):(.+)$/.exec(text ?? '') ?? [];
	return type && id
		? { type: type as 'segment' | 'list' | 'tag' | 'view', id }
		: { type: 'everyone' };
}

export function withinText(within: Within): string | undefined {
	switch (within.type) {
		case 'everyone':
			return undefined;
		case 'archived':
			return within.type;
		case 'overlap':
			return `overlap:${regionText(within.region)}`;
		default:
			return `${within.type}:${within.id}`;
	}
}

const only = NodeId.parse('only');

/** Who is in a list. */
export const inList = (id: string): Rule => ({
	type: 'condition',
	id: only,
	condition: { kind: 'list', test: { operator: 'inAny', lists: [id] } }
});

/** Who has a tag. */
export const hasTag = (id: string): Rule => ({
	type: 'condition',
	id: only,
	condition: { kind: 'tag', test: { operator: 'anyOf', tags: [id] } }
});

/** An order in the address: `created_at`, or `-created_at` for descending. */
export const readOrder = (
	text: string | undefined
): { readonly by: string; readonly descending: boolean } | undefined =>
	text ? { by: text.replace(/^-/, ''), descending: text.startsWith('-') } : undefined;

export const orderText = ({ by, descending }: { by: string; descending: boolean }): string =>
	descending ? `-${by}` : by;
