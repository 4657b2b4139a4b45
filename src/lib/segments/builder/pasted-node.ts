import { DraftRule } from '$lib/rules/rule';

/** A row or a group that was copied as text; `undefined` for any other text. */
export function pastedNode(text: string): DraftRule | undefined {
	try {
		const parsed = DraftRule.safeParse(JSON.parse(text));
		return parsed.success ? parsed.data : undefined;
	} catch {
		return undefined; // not JSON, so not a row
	}
}
