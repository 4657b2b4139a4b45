import { isLocale } from './locale';
import { localeOf } from './words';

/** The languages that a message is offered in, beside the browser's own: BCP 47. */
const common = 'en-GB en-US de fr it es pt nl da sv nb fi pl cs'.split(' ');

/** What to choose from, by their own names. These come first: the browser's own, and what is chosen. */
export const languageOptions = (
	own: readonly string[]
): readonly { readonly value: string; readonly label: string }[] =>
	[...new Set([...own.filter(isLocale).map(localeOf), ...common])].map((value) => ({
		value,
		label: ownName(value)
	}));

function ownName(locale: string): string {
	const names = new Intl.DisplayNames(locale, { type: 'language', languageDisplay: 'standard' });
	const name = names.of(locale) ?? locale;
	return name.slice(0, 1).toLocaleUpperCase(locale) + name.slice(1);
}
