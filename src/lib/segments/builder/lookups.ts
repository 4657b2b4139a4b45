import type { App } from '$lib/app.svelte';
import type { EditorContext, Lookup } from '$lib/rules/editing/editor';
import { parseRule } from '$lib/rules/parse';
import { group, type DraftGroup, type Rule } from '$lib/rules/rule';
import { draftBefore } from './tree';

type Asks = Pick<App, 'ask' | 'moment' | 'definitions'>;

/** What the editor of one row may ask: of those who get as far as it, everyone where what is before cannot be read. */
export function contextOf(
	app: Asks,
	draft: () => DraftGroup,
	node: string,
	self: string | undefined
): EditorContext {
	const within = (): Rule | undefined => {
		const before = draftBefore(draft(), node);
		const parsed = before && parseRule(before, app.definitions, self);
		return parsed?.ok ? parsed.value : undefined;
	};
	return {
		values: (source, search) => app.ask('valueCounts', source, search, within(), app.moment),
		known: (source, values) => app.ask('knownValues', source, values),
		span: (source) => app.ask('numberSpan', source),
		paths: (source) => app.ask('jsonPaths', source),
		async count(rules) {
			const before = within();
			const asked = before ? rules.map((rule) => group('all', [before, rule])) : rules;
			return (await app.ask('countRules', asked, app.moment)).counts;
		},
		moment: app.moment,
		self
	};
}

/** What the picker may ask: of everyone. */
export const lookupOf = (app: Asks): Lookup => ({
	search: (words, sources) => app.ask('searchValues', words, sources),
	filled: (fields) => app.ask('filledFields', fields),
	values: (source, search) => app.ask('valueCounts', source, search, undefined, app.moment)
});
