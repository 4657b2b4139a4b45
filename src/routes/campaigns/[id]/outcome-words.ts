import type { Outcome } from '$lib/campaigns/report/report';

/** What each thing that is told of a campaign is called. */
export const outcomeWords: Record<Outcome, string> = {
	sent: 'Sent',
	delivered: 'Delivered',
	opened: 'Opened',
	clicked: 'Clicked',
	replied: 'Replied',
	bounced: 'Bounced',
	unsubscribed: 'Unsubscribed',
	complained: 'Complained'
};
