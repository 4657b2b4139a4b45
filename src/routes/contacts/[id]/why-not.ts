import type { NodeId } from '$lib/rules/rule';
import type { Language } from '$lib/rules/language';
import { textOfPart, type Step } from '$lib/segments/steps';

/** What keeps somebody out of a segment, in words. */
export interface WhyNot {
	/** "Stopped at step 2:" */
	readonly lead: string;
	/** The steps it is about: one where each must hold, all where any would do. */
	readonly steps: readonly string[];
}

/**
 * Why somebody is not a member. `holds` tells of each step that is part of the rule whether they are on its good side;
 * `match` is how the steps hang together.
 */
export function whyNot(
	steps: readonly Step[],
	holds: ReadonlyMap<NodeId, boolean>,
	match: string,
	language: Language
): WhyNot | undefined {
	const failed = steps.filter(({ id }) => holds.get(id) === false);
	const [first, ...others] = failed;
	if (!first) return;
	if (match === 'any' && others.length > 0)
		return {
			lead: failed.length === 2 ? 'Neither of these holds:' : 'None of these holds:',
			steps: failed.map(({ part }) => textOfPart(part))
		};
	return {
		lead: `Stopped at step ${steps.indexOf(first) + 1}:`,
		steps: [`${first.excludes ? language.steps.not : ''}${textOfPart(first.part)}`]
	};
}
