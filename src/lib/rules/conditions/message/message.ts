import * as z from 'zod/mini';
import { CountTest, explainCount } from '../../operators/count';
import { families } from '../../operators/families';
import { otherFieldOf } from '../../operators/operand';
import { Window } from '../../operators/window';
import { listed, value, type Phrase } from '../../phrase';
import { leaf } from '../../rule';
import { eventReferences, filterProblems, type EventFilter } from '../event/matching';
import { LastSends } from '../event/sends';
import { explainSends, explainWhere, explainWindow } from '../event/words';
import type { Lowered } from '../kind';
import { activities, activityNames, isByMachines } from './activities';

/** Which emails: any, those of some campaigns, or any of the last so many sent to the contact. */
const Emails = z.discriminatedUnion('which', [
	z.object({ which: z.literal('any') }),
	z.object({
		which: z.literal('campaigns'),
		/** As they are called in events: a campaign has no other id there. */
		campaigns: z
			.array(z.string().check(z.minLength(1)), { error: 'Choose a campaign.' })
			.check(z.minLength(1, { error: 'Choose a campaign.' }))
	}),
	z.object({ which: z.literal('lastSends'), n: LastSends })
]);

const asked = {
	kind: z.literal('message'),
	activity: z.enum(activityNames, { error: 'Choose what became of the email.' }),
	emails: Emails,
	/** The address of the link that was clicked. */
	link: z.optional(families.text.schema),
	excludeMachines: z.optional(z.boolean()),
	window: z.optional(Window)
};

export const MessageCondition = z.discriminatedUnion('did', [
	z.object({ ...asked, did: z.literal(true), count: z.optional(CountTest) }),
	z.object({ ...asked, did: z.literal(false) })
]);
export type MessageCondition = z.infer<typeof MessageCondition>;

// Its type is stated: what it is lowered to is a condition, and what those are is found out from the kinds.
/** What became of emails: a condition on events. */
export const message: Lowered<MessageCondition> = {
	kind: 'message',
	definition:
		'What became of emails: sent, delivered, opened, clicked, bounced, complained, unsubscribed, replied.',
	sign: () => 'event',
	schema: MessageCondition,
	references: ({ activity }) => eventReferences([typeOf(activity)]),

	problems(condition, definitions) {
		const { activity, link, excludeMachines } = condition;
		return [
			...(link && activity !== 'clicked' ? ['Only a click has a link.'] : []),
			...(link && otherFieldOf(link) !== undefined
				? ['A link is compared with a text, not with a field.']
				: []),
			...(excludeMachines && !isByMachines(activity)
				? ['Only opens and clicks can be by a machine.']
				: []),
			...filterProblems([typeOf(activity)], campaignFilter(condition), definitions)
		];
	},

	lower(condition) {
		const { activity, emails, window, link, excludeMachines } = condition;
		const where: EventFilter[] = [
			...campaignFilter(condition),
			...(link ? [linkFilter(link)] : []),
			...(excludeMachines ? [byPerson] : [])
		];
		const events = {
			kind: 'event' as const,
			types: [typeOf(activity)],
			...(where.length > 0 ? { where } : {}),
			...(emails.which === 'lastSends' ? { lastSends: emails.n } : {}),
			...(window ? { window } : {})
		};
		if (!condition.did) return leaf({ ...events, did: false });
		return leaf({
			...events,
			did: true,
			...(condition.count ? { count: condition.count } : {})
		});
	},

	explain(condition, definitions) {
		const { activity, did, window, link, excludeMachines } = condition;
		return [
			activities[activity][did ? 'did' : 'didNot'],
			' ',
			...explainEmails(condition),
			...(did && condition.count ? [' ', ...explainCount(condition.count, 'time')] : []),
			...explainWindow(window),
			...(excludeMachines ? [', not counting machines'] : []),
			...explainWhere(link && [linkFilter(link)], [typeOf(activity)], definitions)
		];
	},

	choices: () =>
		activityNames.map((activity) => ({
			label: activities[activity].choice,
			group: 'Emails',
			aliases: ['message', 'campaign', 'newsletter', 'engaged'],
			condition: { kind: 'message', did: true, activity, emails: { which: 'any' } }
		})),

	opposite(condition) {
		const { did, ...rest } = condition;
		if (!did) return { ...rest, did: true };
		return 'count' in rest && rest.count ? undefined : { ...rest, did: false };
	}
};

const typeOf = (activity: MessageCondition['activity']): string => `email_${activity}`;

const campaignFilter = ({ emails }: MessageCondition): EventFilter[] =>
	emails.which === 'campaigns'
		? [
				{
					property: 'campaign',
					of: 'text',
					test: { operator: 'isAnyOf', values: emails.campaigns }
				}
			]
		: [];
const linkFilter = (test: NonNullable<MessageCondition['link']>): EventFilter => ({
	property: 'link',
	of: 'text',
	test
});
/** What does not say that it was by a machine was by a person. */
const byPerson: EventFilter = {
	property: 'machine',
	of: 'boolean',
	test: { operator: 'isNotTrue' }
};

function explainEmails({ emails, did }: MessageCondition): Phrase {
	switch (emails.which) {
		case 'any':
			return [did ? 'an email' : 'any email'];
		case 'campaigns':
			return ['the email ', ...listed(emails.campaigns, 'or')];
		case 'lastSends':
			return [emails.n === 1 ? '' : 'any of ', value(explainSends(emails.n))];
	}
}
