/** The few words that a message says by itself. */
export interface MessageWords {
	readonly yes: string;
	readonly no: string;
	/** On a link. */
	readonly unsubscribe: string;
}

const english: MessageWords = { yes: 'yes', no: 'no', unsubscribe: 'Unsubscribe' };
/** By language. */
const others = new Map<string, MessageWords>(
	[
		['de', 'ja', 'nein', 'Abmelden'],
		['fr', 'oui', 'non', 'Se désabonner'],
		['it', 'sì', 'no', 'Annulla l’iscrizione'],
		['es', 'sí', 'no', 'Darse de baja'],
		['pt', 'sim', 'não', 'Cancelar subscrição'],
		['nl', 'ja', 'nee', 'Afmelden'],
		['da', 'ja', 'nej', 'Afmeld'],
		['sv', 'ja', 'nej', 'Avsluta prenumerationen'],
		['nb', 'ja', 'nei', 'Meld deg av'],
		['fi', 'kyllä', 'ei', 'Peruuta tilaus'],
		['pl', 'tak', 'nie', 'Wypisz się'],
		['cs', 'ano', 'ne', 'Odhlásit odběr']
	].map(([language, yes, no, unsubscribe]) => [
		language!,
		{ yes: yes!, no: no!, unsubscribe: unsubscribe! }
	])
);

/** In the language of a BCP 47 locale; English for those that are not among them. */
export const wordsIn = (locale: string): MessageWords =>
	others.get(locale.split('-', 1)[0]!.toLowerCase()) ?? english;

/** How dates are written where only a language is known: everywhere but in one country the day comes first. */
export const localeOf = (locale: string | undefined): string =>
	locale === undefined || locale === 'en' ? 'en-GB' : locale;
