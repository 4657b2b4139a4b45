import { expect, test } from 'vitest';
import { languageOptions } from '$lib/campaigns/content/languages';
import { isLocale } from '$lib/campaigns/content/locale';
import { wordsIn } from '$lib/campaigns/content/words';

test('languages are offered by their own names, one’s own first, each once', () => {
	const options = languageOptions(['de-CH', 'en', 'not a locale', 'fr']);
	expect(options.slice(0, 5).map(({ value, label }) => [value, label])).toEqual([
		['de-CH', 'Deutsch (Schweiz)'],
		['en-GB', 'English (United Kingdom)'],
		['fr', 'Français'],
		['en-US', 'English (United States)'],
		['de', 'Deutsch']
	]);
	const values = options.map(({ value }) => value);
	expect(new Set(values).size).toBe(values.length);
});

test('a message can say its own few words in every language that is offered', () => {
	for (const { value } of languageOptions([]))
		expect(wordsIn(value).unsubscribe === 'Unsubscribe', value).toBe(value.startsWith('en-'));
	expect(wordsIn('pt-BR').yes).toBe('sim');
	expect(wordsIn('rm').yes).toBe('yes');
	expect(wordsIn('constructor').yes).toBe('yes');
});

test('what is no locale is none', () => {
	expect(['de-CH', 'rm', 'zh-Hant-TW'].every(isLocale)).toBe(true);
	expect(['', 'C', 'de_CH', 'not a locale'].some(isLocale)).toBe(false);
});
