import type { Known } from './known';
import { all, any, inLast, type Template } from './template';

const group = 'Engagement';

const anyEmail = { which: 'any' };
const ofCampaign = ({ campaign }: Known) => ({
	which: 'campaigns',
	campaigns: campaign ? [campaign.name] : []
});

const message = (activity: string, did: boolean, more: object = {}) => ({
	kind: 'message',
	activity,
	did,
	emails: anyEmail,
	...more
});
/** Opens and clicks by a machine count as nothing, where the data say which those are. */
const reacted = (activity: 'opened' | 'clicked', did: boolean, more: object = {}) =>
	message(activity, did, { excludeMachines: true, ...more });

/**
 * Received is: delivered. Many a tool tells only what it sent; where nothing at all was delivered, as far as the data
 * know, what was sent counts as received. The rule says which of the two it asks.
 */
const received = ({ events }: Known, more: object = {}) =>
	message(events.includes('email_delivered') ? 'delivered' : 'sent', true, more);
/** The same of the campaign, by what is known of that. */
const receivedCampaign = (known: Known) =>
	message(known.campaign?.delivered ? 'delivered' : 'sent', true, { emails: ofCampaign(known) });

const engaged = (days: number): Template => ({
	id: `engaged-${days}`,
	name: `Engaged in ${days} days`,
	description: `Opened or clicked an email in the last ${days} days.`,
	group,
	needs: ['reactions'],
	rule() {
		const window = inLast(days);
		return any(reacted('opened', true, { window }), reacted('clicked', true, { window }));
	}
});

export const engagementTemplates: readonly Template[] = [
	engaged(30),
	engaged(60),
	engaged(90),
	{
		id: 'unengaged-180',
		name: 'Unengaged for 180 days',
		description: 'Received emails in the last 180 days, and neither opened nor clicked one.',
		group,
		needs: ['emails', 'reactions'],
		rule(known) {
			const window = inLast(180);
			return all(
				received(known, { window }),
				reacted('opened', false, { window }),
				reacted('clicked', false, { window })
			);
		}
	},
	{
		id: 'never-opened',
		name: 'Never opened',
		description: 'Received emails, and never opened one.',
		group,
		needs: ['emails', 'opens'],
		rule: (known) => all(received(known), reacted('opened', false))
	},
	{
		id: 'opened-not-clicked',
		name: 'Opened, not clicked',
		description: 'Opened the emails of a campaign, but clicked nothing in them.',
		group,
		needs: ['campaign', 'opens'],
		question: 'Which campaign?',
		rule(known) {
			const emails = ofCampaign(known);
			return all(reacted('opened', true, { emails }), reacted('clicked', false, { emails }));
		}
	},
	{
		id: 'received-not-opened',
		name: 'Received, not opened',
		description: 'Received a campaign and did not open it: whom to send it again.',
		group,
		needs: ['campaign', 'opens'],
		question: 'Which campaign?',
		rule: (known) =>
			all(receivedCampaign(known), reacted('opened', false, { emails: ofCampaign(known) }))
	},
	{
		id: 'clicked-link',
		name: 'Clicked a link',
		description: 'Clicked one link, in whichever email.',
		group,
		needs: ['link'],
		question: 'Which link?',
		rule: ({ link }) =>
			all(
				reacted('clicked', true, {
					link: { operator: 'is', ...(link === undefined ? {} : { value: link }) }
				})
			)
	},
	{
		id: 'new-subscribers-14',
		name: 'New subscribers in 14 days',
		description: 'Subscribed to email in the last 14 days.',
		group,
		needs: ['consent'],
		question: 'Since what date?',
		rule({ filled }) {
			const subscribed = { kind: 'consent', channel: 'email', is: true, state: 'subscribed' };
			const window = inLast(14);
			// Where no consent has its date, it is taken to be as old as the contact.
			return filled.includes('email_consent_at')
				? all({ ...subscribed, window })
				: all(subscribed, { kind: 'field', field: 'created_at', of: 'datetime', test: window });
		}
	}
];
