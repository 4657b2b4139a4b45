import * as z from 'zod/mini';
import { textKey } from '$lib/text-key';
import { booleanOf } from './boolean';

export const ConsentState = z.enum(['subscribed', 'unsubscribed', 'pending']);
export type ConsentState = z.infer<typeof ConsentState>;

/** What a value of a consent column says; `nothing` leaves a contact as it is. */
export const ConsentReading = z.union([ConsentState, z.literal('nothing')]);
export type ConsentReading = z.infer<typeof ConsentReading>;

/** What a column is about: somebody's yes, somebody's no (`EMAIL_BLACKLISTED`), or the time of a no. */
export const Polarity = z.enum(['yes', 'no', 'whenNo']);
export type Polarity = z.infer<typeof Polarity>;

const words: readonly (readonly [ConsentReading, RegExp])[] = [
	[
		'nothing',
		/^(never.?subscribed|not.?subscribed|none|unknown|transactional|n\/?a|not.?set|not.?given|implied.?none)$/
	],
	[
		'unsubscribed',
		/^(un.?subscribed?|opted.?out|opt.?out|bounced|cleaned|complained|spam|blacklisted|blocked|suppressed|disabled|inactive|deactivated|archived|invalid|abgemeldet|désabonné|désinscrit|removed|cancell?ed|no.?consent|denied|withdrawn)$/
	],
	['pending', /^(pending|unconfirmed|awaiting.*|not.?confirmed|invited|double.?opt.?in.?pending)$/],
	[
		'subscribed',
		/^(subscribed|opted.?in|opt.?in|active|confirmed|explicit|express|implicit|implied|granted|given|angemeldet|abonné|inscrit|permission.?granted)$/
	]
];

/** What a value most likely says. Never more than a proposal: a person confirms it. */
export function consentOf(value: string, polarity: Polarity): ConsentReading {
	const key = textKey(value);
	if (key === '') return 'nothing';
	if (polarity === 'whenNo') return 'unsubscribed';
	const said = booleanOf(key);
	// That somebody is not blocked is no consent.
	if (polarity === 'no')
		return said === false || /^(none|no|never|n\/?a)$/.test(key) ? 'nothing' : 'unsubscribed';
	if (said !== undefined) return said ? 'subscribed' : 'unsubscribed';
	return words.find(([, pattern]) => pattern.test(key))?.[0] ?? 'nothing';
}

/** Whether most of these are words that products use for consent. */
export const looksLikeConsent = (values: readonly string[]): boolean =>
	values.length > 0 &&
	values.filter((value) => words.some(([, pattern]) => pattern.test(textKey(value)))).length >
		values.length * 0.9;

/** Of several things said about one channel the most careful one counts. */
export function mostCareful(a: ConsentReading, b: ConsentReading): ConsentReading {
	return care[a] >= care[b] ? a : b;
}

const care: Record<ConsentReading, number> = {
	nothing: 0,
	subscribed: 1,
	pending: 2,
	unsubscribed: 3
};

/** Whether going from one state to another takes back a refusal or skips a confirmation. */
export const isUpgrade = (from: ConsentState | undefined, to: ConsentState): boolean =>
	from !== undefined && care[to] < care[from];
