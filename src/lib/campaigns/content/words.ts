/** The few words that a message says by itself. */
export interface MessageWords {
	readonly yes: string;
	readonly no: string;
	/** On a link. */
	readonly unsubscribe: string;
}

const english: MessageWords = { yes: 'yes', no: 'no', unsubscribe: 'Unsubscribe' };
const german: MessageWords = { yes: 'ja', no: 'nein', unsubscribe: 'Abmelden' };

/** In the language of a BCP 47 locale; English for those that Winnow does not speak. */
export const wordsIn = (locale: string): MessageWords => (/^de\b/i.test(locale) ? german : english);

/** How dates are written where only a language is known: everywhere but in one country the day comes first. */
export const localeOf = (locale: string | undefined): string =>
	locale === undefined || locale === 'en' ? 'en-GB' : locale;
