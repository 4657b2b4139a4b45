import { err, ok, unreachable, type Result } from '$lib/result';
import { inList } from '$lib/contacts/within';
import type { RuleIssue } from '$lib/rules/parse';
import type { Rule } from '$lib/rules/rule';
import type { Campaign } from '$lib/workspace/campaigns';
import type { AudienceLimit, AudienceSource, HoldOut } from './source';

/** A source with the rule that says who is in it. */
export interface RuledSource {
	readonly source: AudienceSource;
	readonly rule: Rule;
}

/** Whom a campaign is for, as the worker is asked: plain data, and whole. */
export interface AudienceAsk {
	/** The id of the campaign, by which lots are drawn. */
	readonly campaign: string;
	readonly include: readonly RuledSource[];
	readonly exclude: readonly RuledSource[];
	readonly holdOut?: HoldOut | undefined;
	readonly limit?: AudienceLimit | undefined;
}

export type AudienceSide = 'include' | 'exclude';

/** Why there is no audience to be asked for. */
export type AudienceIssue =
	| {
			/** It is unknown here: deleted, or of a device that has not been heard of yet. */
			readonly type: 'Gone';
			readonly side: AudienceSide;
			readonly source: AudienceSource;
	  }
	| {
			/** A segment that was never saved, or is gone. */
			readonly type: 'NotSaved';
			readonly side: AudienceSide;
			readonly source: AudienceSource;
	  }
	| {
			readonly type: 'Broken';
			readonly side: AudienceSide;
			readonly source: AudienceSource;
			readonly issues: readonly RuleIssue[];
	  }
	/** Something of the campaign cannot be read, which may be whom it excludes. */
	| { readonly type: 'Unreadable'; readonly key: string };

/** What is known of sources. */
export interface SourceRules {
	/** The saved rule of a segment, as `App.savedRule` gives it. */
	segment(id: string): Result<Rule, readonly RuleIssue[]> | undefined;
	/** The rule of a smart list; `undefined` where there is no such list. */
	smartList(id: string): Result<Rule, readonly RuleIssue[]> | undefined;
	/** Lists there are, by id. */
	readonly lists: { has(id: string): boolean };
}

/**
 * The audience of a campaign, or everything that is in its way. Never one with a source left out: without an exclusion
 * somebody would be written to who should not be.
 */
export function audienceAsk(
	campaign: Pick<Campaign, 'id' | 'include' | 'exclude' | 'holdOut' | 'limit' | 'issues'>,
	rules: SourceRules
): Result<AudienceAsk, readonly AudienceIssue[]> {
	const issues: AudienceIssue[] = campaign.issues.map(({ key }) => ({ type: 'Unreadable', key }));
	const ruled = (side: AudienceSide): RuledSource[] =>
		campaign[side].flatMap((source) => {
			const rule = ruleOf(source, side, rules);
			if (rule.ok) return [{ source, rule: rule.value }];
			issues.push(rule.error);
			return [];
		});
	const include = ruled('include');
	const exclude = ruled('exclude');
	if (issues.length > 0) return err(issues);
	const { id, holdOut, limit } = campaign;
	return ok({ campaign: id, include, exclude, holdOut, limit });
}

function ruleOf(
	source: AudienceSource,
	side: AudienceSide,
	rules: SourceRules
): Result<Rule, AudienceIssue> {
	const { type, id } = source;
	const parsed = (rule: Result<Rule, readonly RuleIssue[]>): Result<Rule, AudienceIssue> =>
		rule.ok ? rule : err({ type: 'Broken', side, source, issues: rule.error });
	switch (type) {
		case 'segment': {
			const rule = rules.segment(id);
			return rule ? parsed(rule) : err({ type: 'NotSaved', side, source });
		}
		case 'smartList': {
			const rule = rules.smartList(id);
			return rule ? parsed(rule) : err({ type: 'Gone', side, source });
		}
		case 'list':
			return rules.lists.has(id) ? ok(inList(id)) : err({ type: 'Gone', side, source });
		default:
			return unreachable(type);
	}
}

/** What is wrong and what to do. `nameOf` gives what a source is called; nothing where that is not known. */
export function describeAudienceIssue(
	issue: AudienceIssue,
	nameOf: (source: AudienceSource) => string | undefined
): string {
	if (issue.type === 'Unreadable')
		return 'A part of this campaign was made by a newer version of Winnow and cannot be read here. Update Winnow to use it.';
	const { side, source } = issue;
	const name = nameOf(source);
	const what = name === undefined ? `A ${kindNames[source.type]}` : `“${name}”`;
	const removed =
		side === 'include'
			? 'Remove it from those included.'
			: 'It keeps people out of this campaign, so nobody is counted until you remove or replace it.';
	switch (issue.type) {
		case 'Gone':
			return `${what} is no longer there. ${removed}`;
		case 'NotSaved':
			return name === undefined
				? `A segment is no longer there. ${removed}`
				: `${what} has not been saved yet. Save it first, or remove it here.`;
		case 'Broken':
			return `${what} has an issue in its rule. Mend it there, or remove it here.`;
		default:
			return unreachable(issue);
	}
}

const kindNames: Record<AudienceSource['type'], string> = {
	segment: 'segment',
	list: 'list',
	smartList: 'smart list'
};
