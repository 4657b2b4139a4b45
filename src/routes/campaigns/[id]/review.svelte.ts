import type { App } from '$lib/app.svelte';
import { leftOutWords } from '$lib/campaigns/audience/step-words';
import type { CampaignAudience } from '$lib/campaigns/campaign-audience.svelte';
import { describeIssue } from '$lib/campaigns/campaign-audience.svelte';
import {
	contentOf,
	contextOf,
	variantIssues,
	variantRules
} from '$lib/campaigns/campaign-message.svelte';
import { describeContentIssue, describePlace } from '$lib/campaigns/content/describe-issue';
import { withNames } from '$lib/campaigns/content/merge-names';
import { isBlocking, type ContentIssue } from '$lib/campaigns/content/message';
import { reviewContent } from '$lib/campaigns/content/review';
import { senderDoubt, senderProblem } from '$lib/campaigns/hand-over/made';
import { familyOf, type Field } from '$lib/fields/field';
import { Latest } from '$lib/latest.svelte';
import { contactsText } from '$lib/contacts/actions.svelte';
import { plural } from '$lib/rules/phrase';
import type { Condition } from '$lib/rules/conditions/registry';
import { leaf, rootId, type Rule } from '$lib/rules/rule';
import { formatCount } from '$lib/ui/number';
import type { Campaign } from '$lib/workspace/campaigns';
import { aimOf, type Aim } from './aim';

/** One line of a review. */
export interface Check {
	/** `wrong` keeps it from being sent. */
	readonly state: 'good' | 'look' | 'wrong';
	readonly text: string;
	/** Where in the message: "Block 2, Swiss". */
	readonly place?: string | undefined;
	/** The step where it is put right. */
	readonly step: 'recipients' | 'content';
	/** Where in the content. */
	readonly aim?: Aim | undefined;
}

export interface Review {
	readonly checks: readonly Check[];
	/** Something is wrong. */
	readonly blocked: boolean;
	/** Nothing is wrong, and everything is counted. */
	readonly ready: boolean;
}

/** Looks at all of a campaign, again whenever something of it changes. */
export function reviewOf(app: App, campaign: () => Campaign, audience: CampaignAudience): Review {
	const content = $derived(reviewContent(contentOf(campaign()), contextOf(app, campaign())));
	/** Fields that have no fallback somewhere. */
	const bare = $derived(
		content.fields.flatMap(({ field: id, bare }) => {
			const field = app.definitions.fields.get(id);
			return field && bare ? [{ field, place: bare }] : [];
		})
	);
	const asked = $derived.by(() => {
		const { ask } = audience;
		const variants = variantRules(app, campaign());
		if (!ask.ok || ask.value.include.length === 0) return;
		const { moment, dataVersion: version } = app;
		return { ask: ask.value, moment, version, variants };
	});
	const withoutValue = new Latest(
		() => asked && { ...asked, fields: bare },
		({ ask, moment, fields }) =>
			app.ask(
				'countReach',
				ask,
				fields.map(({ field }) => isMissing(field)),
				moment
			)
	);
	const perVariant = new Latest(
		() => (asked?.variants.ok ? { ...asked, variants: asked.variants.value } : undefined),
		({ ask, moment, variants }) => app.ask('countVariants', ask, variants, moment)
	);

	const checks = $derived([
		...audienceChecks(app, audience),
		...senderChecks(campaign()),
		...contentChecks(app, [...content.issues, ...variantIssues(app, campaign())], campaign()),
		...bare.flatMap(({ field: { name }, place }, i): Check[] => {
			const count = withoutValue.value?.[i] ?? 0;
			return count === 0
				? []
				: [
						{
							state: 'look',
							text: `${contactsText(count)} ${count === 1 ? 'has' : 'have'} no ${name}, and nothing is said in its place.`,
							step: 'content',
							aim: place
						}
					];
		}),
		...(perVariant.value ?? []).flatMap(({ otherwise }, i): Check[] => {
			const blocks = campaign().blocks.filter(({ block }) => block.type === 'dynamic');
			const { id, block } = blocks[i] ?? {};
			if (id === undefined || block?.type !== 'dynamic' || block.otherwise !== null) return [];
			return [
				{
					state: otherwise === 0 ? 'good' : 'look',
					text: `${formatCount(otherwise)} see nothing in ${blocks.length > 1 ? `dynamic block ${i + 1}` : 'the dynamic block'}.`,
					step: 'content',
					aim: { part: 'block', block: id, variant: 'otherwise', of: 'nothing' }
				}
			];
		})
	]);

	return {
		get checks() {
			return checks;
		},
		get blocked() {
			return checks.some(({ state }) => state === 'wrong');
		},
		get ready() {
			return audience.fresh && (audience.counts?.reach ?? 0) > 0 && !this.blocked;
		}
	};
}

function audienceChecks(app: App, audience: CampaignAudience): Check[] {
	const { ask, counts } = audience;
	const step = 'recipients';
	if (!ask.ok)
		return ask.error.map((issue) => ({ state: 'wrong', text: describeIssue(app, issue), step }));
	if (ask.value.include.length === 0)
		return [{ state: 'wrong', text: 'It goes to nobody yet. Choose who gets it.', step }];
	if (!counts) return [];
	const { reach } = counts;
	const leftOut = leftOutWords(counts.steps, formatCount);
	return [
		reach === 0
			? {
					state: 'wrong',
					text: 'Nobody is left who may get it. See who was taken out, and why.',
					step
				}
			: { state: 'good', text: `It goes to ${contactsText(reach)}.`, step },
		leftOut === ''
			? { state: 'good', text: 'Everybody in the audience is subscribed to email.', step }
			: { state: 'look', text: `Left out: ${leftOut}.`, step }
	];
}

function senderChecks({ sender }: Campaign): Check[] {
	const step = 'content';
	const problem = senderProblem(sender);
	const doubt = senderDoubt(sender);
	const from = sender.name ? `${sender.name} <${sender.address}>` : sender.address;
	if (problem) return [{ state: 'wrong', ...problem, step }];
	return [
		doubt ? { state: 'look', ...doubt, step } : { state: 'good', text: `From ${from}.`, step }
	];
}

function contentChecks(app: App, issues: readonly ContentIssue[], campaign: Campaign): Check[] {
	const message = contentOf(campaign);
	const nameOf = (id: string) => app.definitions.segments.get(id)?.name;
	const named = (issue: ContentIssue): ContentIssue =>
		'href' in issue ? { ...issue, href: withNames(issue.href, app.definitions.fields) } : issue;
	const shown: Check[] = issues.map((issue) => ({
		state: isBlocking(issue) ? 'wrong' : 'look',
		text: describeContentIssue(named(issue)),
		place: describePlace(issue, message, nameOf),
		step: 'content',
		aim: aimOf(issue, message.blocks)
	}));
	const read = withNames(campaign.subject, app.definitions.fields);
	const length = plural(read.length, 'character');
	const order = issues.every(({ type }) => type === 'NoUnsubscribe');
	if (issues.every((issue) => !isBlocking(issue)))
		shown.unshift({
			state: 'good',
			text: `Subject, ${length}${order ? '; fields and links are in order' : ''}.`,
			step: 'content'
		});
	return shown;
}

/** Those who have no value in a field. */
const isMissing = ({ id, type }: Field): Rule => ({
	...leaf({
		kind: 'field',
		field: id,
		of: familyOf(type),
		test: { operator: 'hasNoValue' }
	} as Condition),
	id: rootId
});
