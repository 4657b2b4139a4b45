import { draftOf, portableOf, PortableRule } from '$lib/portable/rule';
import { DraftRule } from '$lib/rules/rule';

/** A row or a group to be copied as text: as it stands in a workspace file. */
export const copiedNode = (node: DraftRule): string => JSON.stringify(portableOf(node), null, '\t');

/**
 * A row or a group that was copied as text, from here, from a workspace file or from an earlier version; `undefined` for
 * any other text.
 */
export function pastedNode(text: string): DraftRule | undefined {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return undefined; // not JSON, so not a row
	}
	const portable = PortableRule.safeParse(json);
	// A draft's own groups look alike, but for their type.
	if (portable.success && ('kind' in portable.data || !('type' in portable.data)))
		return draftOf(portable.data);
	const draft = DraftRule.safeParse(json);
	return draft.success ? draft.data : undefined;
}
