import { unreachable } from '$lib/result';
import type { MergeProblem } from './merge';
import type { ContentIssue, MessageContent, Place } from './message';

/** What is wrong with a message, and what to do about it. */
export function describeContentIssue(issue: ContentIssue): string {
	switch (issue.type) {
		case 'NoSubject':
			return 'There is no subject. Write one.';
		case 'EmptyBody':
			return 'The message says nothing yet. Write something.';
		case 'MergeSyntax':
			return describeMergeProblem(issue.problem);
		case 'UnknownField':
			return `There is no field “${issue.field}”. Choose another, or take it out.`;
		case 'DoubledBraces':
			return `“{{${issue.field}}}” is sent as “{${issue.field}}”. For the value of a field write one brace on each side.`;
		case 'NoSegment':
			return 'A variant is for nobody yet. Choose its segment.';
		case 'UnknownSegment':
			return 'A variant is for a segment that is no longer there. Choose another.';
		case 'UncountedSegment':
			return issue.saved
				? 'A variant is for a segment whose rule has an issue. Mend it in the segment, or choose another.'
				: 'A variant is for a segment that has not been saved yet. Save it first, or choose another.';
		case 'EmptyLink':
			return `The link “${issue.words}” leads nowhere. Give it an address.`;
		case 'BadLink':
			return `“${issue.href}” is no address that a link can lead to. Begin it with https://, http:// or mailto:.`;
		case 'FieldInSite':
			return `In “${issue.href}” a field decides which site the link leads to. Write the site out and put the field behind it, or make the field the whole address.`;
		case 'NoUnsubscribePlace':
			return 'It is not said where people unsubscribe. Give an address at the sender.';
		case 'UnsubscribeMisplaced':
			return '{unsubscribe} is a link, and can only stand in the text.';
		case 'NoUnsubscribe':
			return 'Not everybody can unsubscribe from the message itself. Put {unsubscribe} where all see it, unless the tool that sends it adds such a link.';
		case 'UnknownPart':
			return 'A part of the text was made by a newer version of Winnow, and would be left out. Update, or take it out.';
		default:
			return unreachable(issue);
	}
}

/** Where it is: "Block 2, Switzerland, near “Dear {x”"; nothing of what is wrong with the message as a whole. */
export function describePlace(
	issue: ContentIssue,
	{ blocks }: Pick<MessageContent, 'blocks'>,
	segmentName: (id: string) => string | undefined
): string | undefined {
	if (!('place' in issue)) return issue.type === 'NoSubject' ? placeNames.subject : undefined;
	const { place } = issue;
	if (place.part !== 'block') return placeNames[place.part];
	const index = blocks.findIndex(({ id }) => id === place.block);
	const found = blocks[index]?.block;
	const variant =
		found?.type === 'dynamic' ? found.variants.find(({ id }) => id === place.variant) : undefined;
	const name = variant?.segment === undefined ? undefined : segmentName(variant.segment);
	return [
		`Block ${index + 1}`,
		...(place.variant === 'otherwise' ? ['everybody else'] : []),
		...(variant ? [name ?? 'a variant without a segment'] : []),
		...(place.near?.trim() ? [`near “${place.near.trim()}”`] : [])
	].join(', ');
}

const placeNames: Record<Exclude<Place['part'], 'block'>, string> = {
	subject: 'Subject',
	preview: 'Preview text',
	unsubscribe: 'Where people unsubscribe'
};

/** What is wrong with a merge field. */
export function describeMergeProblem({ type }: MergeProblem): string {
	switch (type) {
		case 'unclosed':
			return 'A { is not closed. Write } behind the field, or {{ for the sign itself.';
		case 'stray':
			return 'A } closes nothing. Write { in front of the field, or }} for the sign itself.';
		case 'unnamed':
			return 'Nothing is named between { and }. Name a field.';
		case 'unquoted':
			return 'What stands for a missing value needs a | in front and quotes round it: {first_name | "there"}.';
		case 'unended':
			return 'The quotes are not closed. Write " behind what stands for a missing value.';
		case 'trailing':
			return 'Only the } may follow the quotes.';
		default:
			return unreachable(type);
	}
}
