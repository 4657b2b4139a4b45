import type { Definitions } from '$lib/rules/definitions';
import { explainRule } from '$lib/rules/explain';
import type { Language } from '$lib/rules/language';
import { parseRule } from '$lib/rules/parse';
import type { DraftGroup, Rule } from '$lib/rules/rule';
import { knownOf, type Facts } from './known';
import { needs } from './needs';
import type { Template } from './template';

/** A template as one workspace has it. */
export interface Offer {
	readonly template: Template;
	readonly draft: DraftGroup;
	/** Where nothing is left to fill in. */
	readonly rule: Rule | undefined;
	/** What the rule says, where it is finished. */
	readonly sentence: string | undefined;
	/** What this workspace has nothing of: "Needs a birthday field." */
	readonly lacks: string | undefined;
}

export function offerOf(
	template: Template,
	facts: Facts,
	definitions: Definitions,
	language: Language
): Offer {
	const known = knownOf(facts, definitions);
	const draft = template.rule(known);
	const parsed = parseRule(draft, definitions);
	const lacking = template.needs.filter((need) => !needs[need].met(known));
	return {
		template,
		draft,
		rule: parsed.ok ? parsed.value : undefined,
		sentence: parsed.ok ? explainRule(draft, definitions, language) : undefined,
		lacks:
			lacking.length === 0
				? undefined
				: `Needs ${lacking.map((need) => needs[need].what).join(' and ')}.`
	};
}
