import { describe, expect, test } from 'vitest';
import { booleanOf } from '$lib/imports/values/boolean';
import { consentOf, isUpgrade, mostCareful } from '$lib/imports/values/consent';
import { listOf, separatorOf } from '$lib/imports/values/list';
import { countryOf, languageOf } from '$lib/fields/place-names';
import { emailOf, namesOf, phoneOf, textOf } from '$lib/imports/values/text';

test.each([
	["'7210448301122", '7210448301122'],
	["'+41 79 555 01 02", '+41 79 555 01 02'],
	["'=SUM(A1)", '=SUM(A1)'],
	["'t Hooft", "'t Hooft"],
	["'90s kid", "'90s kid"],
	["' =1+1", '=1+1'],
	["'＝1+1", '＝1+1'],
	["'\t=1", '=1'],
	['  Anna ', 'Anna']
])('%j is the text %j', (cell, text) => {
	expect(textOf(cell)).toBe(text);
});

test.each([
	['ana@example.com', 'ana@example.com'],
	['Ana.Müller@exämple.com', 'Ana.Müller@exämple.com'],
	['ana@work.example ::: ana@home.example', 'ana@work.example'],
	['ana@localhost', undefined],
	['ana example.com', undefined],
	['Ana <ana@example.com>', undefined],
	['ana@@example.com', undefined],
	['ana@example..com', undefined],
	[`${'a'.repeat(320)}@example.com`, undefined]
])('%s is the address %s', (text, email) => {
	expect(emailOf(text)).toBe(email);
});

test('a phone loses the mark that Facebook puts in front', () => {
	expect(phoneOf('p:+46701234567')).toBe('+46701234567');
	expect(phoneOf('none')).toBeUndefined();
});

test('a name in one cell is split before its last word, or at the comma', () => {
	expect(namesOf('Ana  Maria Silva')).toEqual({ first: 'Ana Maria', last: 'Silva' });
	expect(namesOf('Silva, Ana Maria')).toEqual({ first: 'Ana Maria', last: 'Silva' });
	expect(namesOf('Ana')).toEqual({ first: 'Ana', last: '' });
});

test.each([
	['yes', true],
	['Nein', false],
	['1', true],
	['FALSE', false],
	['maybe', undefined],
	['', undefined]
])('%j is %s', (text, value) => {
	expect(booleanOf(text)).toBe(value);
});

test.each([
	['vip, new,  vip', ',', ['vip', 'new']],
	['"tag one","tag, two"', ',', ['tag one', 'tag, two']],
	['"tag one", "tag two"', ',', ['tag one', 'tag two']],
	['* myContacts ::: * Friends', ',', ['myContacts', 'Friends']],
	['["a","b"]', ',', ['a', 'b']],
	['[draft]', ',', ['[draft]']],
	['a;b', ';', ['a', 'b']],
	['', ',', []]
])('%j is the list %j', (text, separator, list) => {
	expect(listOf(text, separator)).toEqual(list);
});

test('what separates values is what most cells have', () => {
	expect(separatorOf(['a;b', 'c;d,e', 'f'])).toBe(';');
});

test.each([
	['Switzerland', 'CH'],
	['Schweiz', 'CH'],
	['suisse', 'CH'],
	['Österreich', 'AT'],
	['UK', 'GB'],
	['USA', 'US'],
	['deu', 'DE'],
	['ch', 'CH'],
	['Brazil', 'BR'],
	['Brasil', 'BR'],
	['Czech Republic', 'CZ'],
	['Narnia', 'Narnia'],
	['European Union', 'European Union']
])('the country %s is %s', (name, code) => {
	expect(countryOf(name)).toBe(code);
});

test('a language has its code', () => {
	expect(['German', 'français', 'de-CH', 'EN'].map(languageOf)).toEqual([
		'de',
		'fr',
		'de-CH',
		'en'
	]);
});

describe('consent', () => {
	test.each([
		['SUBSCRIBED', 'yes', 'subscribed'],
		['NEVER_SUBSCRIBED', 'yes', 'nothing'],
		['UNSUBSCRIBED', 'yes', 'unsubscribed'],
		['yes', 'yes', 'subscribed'],
		['no', 'yes', 'unsubscribed'],
		['cleaned', 'yes', 'unsubscribed'],
		['Unconfirmed', 'yes', 'pending'],
		['lapsed customer', 'yes', 'nothing'],
		// EMAIL_BLACKLISTED, email_disabled, Suppressed: yes is a no, and no is not a yes.
		['Yes', 'no', 'unsubscribed'],
		['true', 'no', 'unsubscribed'],
		['No', 'no', 'nothing'],
		['false', 'no', 'nothing'],
		['HARD_BOUNCE', 'no', 'unsubscribed'],
		['2024-01-01', 'whenNo', 'unsubscribed'],
		['', 'whenNo', 'nothing']
	] as const)('%s in a column of polarity %s says %s', (value, polarity, says) => {
		expect(consentOf(value, polarity)).toBe(says);
	});
	test('of several columns the most careful counts', () => {
		expect(mostCareful('subscribed', 'unsubscribed')).toBe('unsubscribed');
		expect(mostCareful('pending', 'subscribed')).toBe('pending');
		expect(mostCareful('nothing', 'subscribed')).toBe('subscribed');
	});
	test('only going back towards consent is an upgrade', () => {
		expect(isUpgrade('unsubscribed', 'subscribed')).toBe(true);
		expect(isUpgrade('pending', 'subscribed')).toBe(true);
		expect(isUpgrade('subscribed', 'unsubscribed')).toBe(false);
		expect(isUpgrade(undefined, 'subscribed')).toBe(false);
	});
});
