import * as z from 'zod/mini';
import { channels } from '$lib/fields/field';
import { comparable } from '$lib/fields/value';
import { sql } from '$lib/sql';
import { datetime } from '../../operators/datetime';
import { Window, windowHolds, windowSql } from '../../operators/window';
import { value } from '../../phrase';
import { fieldSql } from '../../stored';
import { aboutField } from '../field/field';
import { defineKind, type Compiled } from '../kind';

export const ConsentCondition = z
	.object({
		kind: z.literal('consent'),
		channel: z.enum(['email', 'sms']),
		is: z.boolean(),
		/** `never`: nothing is on record. */
		state: z.enum(['subscribed', 'unsubscribed', 'pending', 'never']),
		/** When it became so, by the date of the consent; who has no date is in no window. */
		window: z.optional(Window)
	})
	.check(
		z.refine(({ state, window }) => state !== 'never' || window === undefined, {
			error: 'Who was never asked has no date. Choose another state or take the date away.'
		})
	);
export type ConsentCondition = z.infer<typeof ConsentCondition>;

/** After "is" and "is not". */
export const consentStates: Record<ConsentCondition['state'], string> = {
	subscribed: 'subscribed to',
	unsubscribed: 'unsubscribed from',
	pending: 'pending for',
	never: 'never asked about'
};

const stateField = { email: 'email_consent', sms: 'sms_consent' } as const;
export const dateField = { email: 'email_consent_at', sms: 'sms_consent_at' } as const;

export const consent = defineKind<ConsentCondition, Compiled<ConsentCondition>>({
	kind: 'consent',
	definition: 'Subscribed, unsubscribed, pending or never asked, by channel.',
	sign: () => 'consent',
	schema: ConsentCondition,
	reads: ['contact'],

	references: ({ channel, window }) => [
		{ type: 'field', id: stateField[channel] },
		...(window ? [{ type: 'field', id: dateField[channel] } as const] : [])
	],
	problems: () => [],

	compile({ channel, is, state, window }, moment) {
		const current = fieldSql(stateField[channel], 'select');
		const inState = state === 'never' ? sql`${current} is null` : sql`${current} = ${state}`;
		const inTime = window
			? sql` and ${windowSql(window, fieldSql(dateField[channel], 'datetime'), moment)}`
			: sql``;
		return { select: sql`select cno from contact where ${inState}${inTime}`, negated: !is };
	},

	holds({ channel, is, state, window }, { fields }, moment) {
		const current = comparable(fields[stateField[channel]], 'select') ?? 'never';
		const at = comparable(fields[dateField[channel]], 'datetime');
		const inTime = !window || (at !== undefined && windowHolds(window, Number(at), moment));
		return (current === state && inTime) === is;
	},

	explain: ({ channel, is, state, window }) => [
		(state === 'never' ? wasAsked : isSo)[is ? 'yes' : 'no'],
		value(`${consentStates[state]} ${channelNames[channel]}`),
		...(window ? [', dated ', ...datetime.explain(window, { value: String, field: String })] : [])
	],

	choices: () =>
		channels.flatMap(({ id: channel }) =>
			(['subscribed', 'unsubscribed', 'pending', 'never'] as const).map((state) => ({
				label: `${upperFirst(consentStates[state])} ${channelNames[channel]}`,
				group: 'Consent and status' as const,
				aliases: ['consent', 'opt-in', 'permission', 'marketing status'],
				condition: { kind: 'consent', channel, is: true, state }
			}))
		),

	opposite: (condition) => ({ ...condition, is: !condition.is }),

	ofOneValue({ channel, is, state, window }) {
		if (window) return;
		const test =
			state === 'never'
				? ({ operator: is ? 'hasNoValue' : 'hasValue' } as const)
				: ({ operator: is ? 'is' : 'isNot', value: state } as const);
		return { about: aboutField(stateField[channel]), comparison: { of: 'select', test } };
	}
});

export const channelNames: Record<ConsentCondition['channel'], string> = {
	email: 'email',
	sms: 'SMS'
};

const isSo = { yes: 'is ', no: 'is not ' } as const;
const wasAsked = { yes: 'was ', no: 'was not ' } as const;

const upperFirst = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}`;
