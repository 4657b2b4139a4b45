import type { PlacedBlock } from '$lib/campaigns/content/block';
import type { ContentIssue } from '$lib/campaigns/content/message';

/** What of a campaign's content somebody is led to, to put it right. */
export type Aim =
	/** `add`: the button that adds a block. */
	| {
			readonly part: 'from' | 'replyTo' | 'unsubscribe' | 'subject' | 'preview' | 'add';
	  }
	| {
			readonly part: 'block';
			/** The id of a block. */
			readonly block: string;
			/** In a dynamic block: the id of a variant, or `otherwise`. */
			readonly variant?: string | undefined;
			/** Its text without it. `nothing`: that nothing is said to everybody else. */
			readonly of?: 'segment' | 'nothing' | undefined;
	  };

/** Where an issue is put right. */
export function aimOf(issue: ContentIssue, blocks: readonly PlacedBlock[]): Aim {
	switch (issue.type) {
		case 'NoSubject':
			return { part: 'subject' };
		case 'NoUnsubscribePlace':
			return { part: 'unsubscribe' };
		case 'EmptyBody':
		case 'NoUnsubscribe': {
			const last = blocks.at(-1);
			return last ? { part: 'block', block: last.id } : { part: 'add' };
		}
		case 'NoSegment':
		case 'UnknownSegment':
		case 'UncountedSegment':
			return issue.place.part === 'block' ? { ...issue.place, of: 'segment' } : issue.place;
		default:
			return issue.place;
	}
}

/** The control that is meant, once it is there: it or what is around it has its part, or the id of its block. */
export function selectorOf(aim: Aim): string {
	if (aim.part !== 'block')
		return `:is(input, button)[data-place="${aim.part}"], [data-place="${aim.part}"] input`;
	const control = { text: '[role="textbox"]', segment: 'select', nothing: '.nothing + button' };
	return `[data-place="${CSS.escape(aim.block)}"] ${control[aim.of ?? 'text']}`;
}
