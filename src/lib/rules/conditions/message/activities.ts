/** What can become of an email: the type of the event, and how it is said that it was so, and that it was not. */
export const activities = {
	sent: { did: 'has been sent', didNot: 'has not been sent', choice: 'Was sent an email' },
	delivered: { did: 'has received', didNot: 'has not received', choice: 'Received an email' },
	opened: { did: 'has opened', didNot: 'has not opened', choice: 'Opened an email' },
	clicked: { did: 'has clicked in', didNot: 'has not clicked in', choice: 'Clicked in an email' },
	bounced: {
		did: 'has had a bounce of',
		didNot: 'has had no bounce of',
		choice: 'An email bounced'
	},
	complained: {
		did: 'has complained about',
		didNot: 'has not complained about',
		choice: 'Complained about an email'
	},
	unsubscribed: {
		did: 'has unsubscribed from',
		didNot: 'has not unsubscribed from',
		choice: 'Unsubscribed from an email'
	},
	replied: { did: 'has replied to', didNot: 'has not replied to', choice: 'Replied to an email' }
} as const;

export type Activity = keyof typeof activities;
export const activityNames = Object.keys(activities) as Activity[]; // a record's keys are its own

/** Whether machines do this as well, which is then noted in the event. */
export const isByMachines = (activity: Activity): boolean =>
	activity === 'opened' || activity === 'clicked';
