import type { Definitions } from '$lib/rules/definitions';
import type { Language } from '$lib/rules/language';
import type { RuleIssue } from '$lib/rules/parse';
import type { Rule } from '$lib/rules/rule';
import type { Result } from '$lib/result';
import { describeStructureIssue } from '$lib/workspace/describe';
import type { Segment } from '$lib/workspace/segment';

/**
 * Why a segment is not counted, exported or sent to, in words; nothing while it may be, or was never saved. `rule` is its
 * saved rule, parsed.
 */
export function segmentIssue(
	segment: Segment,
	rule: Result<Rule, readonly RuleIssue[]> | undefined,
	definitions: Definitions,
	language: Language
): string | undefined {
	const missing = segment.issues.find(({ type }) => type === 'SavedMissing');
	if (missing) return describeStructureIssue(missing);
	if (!rule || rule.ok) return;
	const [first, ...more] = rule.error.map((issue) => language.issue(issue, definitions));
	if (!first) return language.unreadableRule;
	return more.length === 0 ? first : language.andMoreIssues(first, more.length);
}
