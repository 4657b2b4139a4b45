import { familyOf } from '$lib/fields/field';
import { all, any, type Template } from './template';

/** What one wants to know of everybody one writes to. The address is; the others are where anybody has them. */
export const keyFields = ['email', 'first_name', 'last_name', 'country'] as const;

export const peopleTemplates: readonly Template[] = [
	{
		id: 'birthday-7',
		name: 'Birthday in 7 days',
		description: 'Has their birthday today or in the next 6 days.',
		group: 'Dates and places',
		needs: ['birthday'],
		question: 'Which field?',
		rule: ({ birthday }) =>
			all({
				kind: 'anniversary',
				field: birthday?.id ?? '',
				of: birthday ? familyOf(birthday.type) : 'date',
				test: { operator: 'inNext', days: 7 }
			})
	},
	{
		id: 'signup-anniversary',
		name: 'Signup anniversary this month',
		description: 'Joined in this month of an earlier year.',
		group: 'Dates and places',
		needs: [],
		// In this month, yet more than a month ago: in an earlier year.
		rule: () =>
			all(
				{
					kind: 'anniversary',
					field: 'created_at',
					of: 'datetime',
					test: { operator: 'inPeriod', period: 'thisMonth' }
				},
				{
					kind: 'field',
					field: 'created_at',
					of: 'datetime',
					test: { operator: 'moreThanAgo', n: 1, unit: 'month' }
				}
			)
	},
	{
		id: 'near-place',
		name: 'Near a place',
		description: 'Lives within 25 km of a point.',
		group: 'Dates and places',
		needs: ['coordinates'],
		question: 'Which point, and how far from it?',
		rule: ({ coordinates }) =>
			all({
				kind: 'place',
				in: true,
				test: { operator: 'within', km: 25, ...(coordinates ? { fields: coordinates } : {}) }
			})
	},
	{
		id: 'missing-fields',
		name: 'Missing key fields',
		description: 'Has no email address, or no name or country where others have one.',
		group: 'Data quality',
		needs: [],
		question: 'Which fields are key?',
		rule: ({ filled }) =>
			any(
				...keyFields
					.filter((field) => field === 'email' || filled.includes(field))
					.map((field) => ({
						kind: 'field',
						field,
						of: 'text',
						test: { operator: 'hasNoValue' }
					}))
			)
	},
	{
		id: 'bounced-or-complained',
		name: 'Hard bounced or complained',
		description: 'May not be sent email: it bounced for good, or they complained.',
		group: 'Data quality',
		needs: [],
		rule: () => all({ kind: 'suppressed', is: true, reasons: ['hardBounce', 'complaint'] })
	},
	{
		id: 'hold-out-10',
		name: '10 % hold-out',
		description: 'A tenth of all contacts, always the same, to leave out and compare with.',
		group: 'Testing',
		needs: [],
		rule: () => all({ kind: 'sample', in: true, seed: 'hold-out', from: 0, to: 10 })
	}
];
