import { longestComment, readComments } from './comments';
import type { Edit } from './gesture';
import { rawObject } from './registers';

/** Says something about a node of a segment's rule, `root` for all of it. Blanks around the text go. */
export function addComment(
	edit: Edit,
	segment: string,
	id: string,
	{ node, text }: { node: string; text: string }
): void {
	const key = `${segment}/${id}`;
	const said = text.trim();
	if (edit.raw('segments', `${segment}/new`) === undefined)
		return edit.refuse({ type: 'Gone', segment });
	if (said.length > longestComment)
		return edit.refuse({ type: 'Unwritable', key, problem: 'tooLarge' });
	if (said) edit.write('comments', key, { node, text: said, ...edit.stamp });
}

/** Resolves comments, or opens them again. Those that are so already stay as they are. */
export function setResolved(
	edit: Edit,
	segment: string,
	ids: readonly string[],
	resolved: boolean
): void {
	const known = new Map(readComments(edit, segment).map((comment) => [comment.id, comment]));
	for (const id of ids) {
		const comment = known.get(id);
		if (!comment) edit.refuse({ type: 'Gone', segment });
		else if ((comment.resolved !== undefined) !== resolved) {
			const key = `${segment}/${id}`;
			const { resolved: _, ...said } = rawObject(edit, 'comments', key);
			edit.write('comments', key, resolved ? { ...said, resolved: edit.stamp } : said);
		}
	}
}

/** Takes away a comment of one's own, by its signature; somebody else's stays. */
export function removeComment(
	edit: Edit,
	segment: string,
	id: string,
	isMine: (by: string) => boolean
): void {
	const comment = readComments(edit, segment).find((one) => one.id === id);
	if (comment && isMine(comment.by)) edit.write('comments', `${segment}/${id}`, undefined);
}

/** How this person calls themselves, where what they do is signed by their device alone. */
export function introduce(edit: Edit, name: string | undefined): void {
	const { by } = edit.stamp;
	if (name && by !== name && /^[\w-]{1,64}$/.test(by)) edit.write('people', `${by}/name`, name);
}
