import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInEventTypes } from '$lib/events/event-type';
import { germanEventOf, withGermanProperties } from '$lib/events/german';
import { standardFields } from '$lib/fields/field';
import { germanField } from '$lib/fields/german';
import { kinds, type Condition } from '$lib/rules/conditions/registry';
import type { Definitions } from '$lib/rules/definitions';
import { explainRule } from '$lib/rules/explain';
import { german } from '$lib/rules/german';
import { families } from '$lib/rules/operators/families';
import { sayWindow } from '$lib/rules/operators/german/window';
import { textOf } from '$lib/rules/phrase';
import { NodeId, nodesOf, type DraftRule } from '$lib/rules/rule';
import { stepsOf, textOfPart, type StepPart } from '$lib/segments/steps';
import { proposeName } from '$lib/segments/builder/propose-name';
import { definitions } from '../../fixtures/people';
import { randomDefinitions, randomRule } from '../../fixtures/random-rules';

const leaf = (condition: { kind: string } & Record<string, unknown>): DraftRule => ({
	type: 'condition',
	id: NodeId.parse('c'),
	condition
});
const group = (match: string, ...children: DraftRule[]) => ({
	...{ type: 'group' as const, id: NodeId.parse('g'), match },
	children
});
const say = (condition: Condition, among: Definitions = definitions) =>
	textOf(german.condition(condition, among));

const swiss = leaf({
	kind: 'field',
	field: 'country',
	of: 'text',
	test: { operator: 'is', value: 'CH' }
});
const vip = leaf({ kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } });
const ordered = leaf({
	kind: 'event',
	types: ['order_placed'],
	did: true,
	where: [{ property: 'total', of: 'number', test: { operator: 'moreThan', value: 1234.5 } }]
});

describe('a rule', () => {
	it.each([
		[
			group('all', swiss, group('any', vip, ordered)),
			'Land ist Schweiz und (ist mit vip getaggt oder hat bestellt, mit Gesamtbetrag über 1.234,5).'
		],
		[
			group('all', swiss, group('none', vip)),
			'Land ist Schweiz, außer es gilt: ist mit vip getaggt.'
		],
		[
			group('all', group('none', vip), group('none', swiss)),
			'Alle, außer es gilt: ist mit vip getaggt, und auch nicht, wenn gilt: Land ist Schweiz.'
		],
		[
			group('any', ordered, swiss, vip),
			'Hat bestellt, mit Gesamtbetrag über 1.234,5, oder Land ist Schweiz oder ist mit vip getaggt.'
		],
		[
			group('any', swiss, group('none', vip)),
			'Land ist Schweiz oder keines von (ist mit vip getaggt).'
		],
		[group('all', leaf({ kind: 'tag', test: {} })), 'Eine Bedingung, die nicht fertig ist.'],
		[group('all'), '']
	])('%# is joined as German joins', (draft, sentence) => {
		expect(explainRule(draft, definitions, german)).toBe(sentence);
	});

	it('is taken apart into steps, what narrows one down on a line of its own', () => {
		const draft = group('all', swiss, ordered, group('none', vip, swiss), group('most', vip));
		const steps = stepsOf(draft, definitions, german);
		expect(steps.map(({ word, part }) => `${word} ${textOfPart(part)}`)).toEqual([
			'UND Land ist Schweiz',
			'UND hat bestellt mit Gesamtbetrag über 1.234,5',
			'AUSSER eines davon: ist mit vip getaggt oder Land ist Schweiz',
			'UND eine Gruppe, die nicht lesbar ist: ist mit vip getaggt'
		]);
		const { lines } = steps[1]!.part as StepPart & { type: 'condition' };
		expect(lines.map(textOf)).toEqual(['hat bestellt', 'mit Gesamtbetrag über 1.234,5']);
	});

	it('proposes a name', () => {
		const draft = group('all', ...Array.from({ length: 7 }, () => swiss));
		expect(proposeName(draft, definitions, german)).toBe(
			'Land ist Schweiz und Land ist Schweiz und Land ist Schweiz und 4 weitere'
		);
	});

	it('of any sort is all German', () => {
		const operators = Object.values(families).flatMap(({ info }) => Object.keys(info));
		// Of one word they are English words too, or none at all.
		const leaked = [
			...operators.filter((operator) => /[A-Z]/.test(operator)),
			...['undefined', 'NaN', 'null', '[object', 'deleted', 'and', 'or', 'is', 'not', 'the', 'of'],
			...['has', 'was', 'where', 'with', 'between', 'least', 'days', 'ago', 'month', 'year']
		];
		// „x“ and „a_b“ are what people typed: none of the fixtures' values has such a word.
		const english = new RegExp(`(?<![\\w-])(${leaked.map(escaped).join('|')})(?![\\w-])`);
		const seen = new Set<string>();
		let said = 0;
		fc.assert(
			fc.property(fc.array(randomRule, { minLength: 10, maxLength: 10 }), (drafts) => {
				for (const draft of drafts) {
					const sentence = explainRule(draft, randomDefinitions, german);
					expect(sentence).not.toMatch(english);
					expect(sentence).not.toMatch(/,,|\.\.|\(\)|, \./);
					if (sentence !== '') said++;
					for (const node of nodesOf(draft))
						if (node.type === 'condition') seen.add(node.condition.kind);
				}
			}),
			{ numRuns: 150, seed: 2026 }
		);
		expect(said).toBeGreaterThan(1000);
		expect([...seen].sort()).toEqual(kinds.map(({ kind }) => kind).sort());
	});
});

const escaped = (text: string) => text.replaceAll(/[[\]().*+?]/g, '\\$&');

describe('what Winnow knows by itself', () => {
	it('has German names, all of them', () => {
		for (const type of builtInEventTypes) {
			expect([type.id, germanEventOf(type)]).toEqual([type.id, expect.anything()]);
			for (const [i, { id, name }] of withGermanProperties(type).properties.entries())
				// Two are called the same in German.
				if (id !== 'link' && id !== 'bounce') expect(name).not.toBe(type.properties[i]!.name);
		}
		for (const field of standardFields)
			if (field.id !== 'region') expect(germanField(field).name).not.toBe(field.name);
		expect(germanField(standardFields.find(({ id }) => id === 'sms_consent')!)).toMatchObject({
			options: [
				{ id: 'subscribed', name: 'angemeldet' },
				{ id: 'unsubscribed', name: 'abgemeldet' },
				{ id: 'pending', name: 'ausstehend' }
			]
		});
	});

	it('keeps the name that people gave it', () => {
		const country = { ...definitions.fields.get('country')!, name: 'Herkunftsland' };
		const order = definitions.eventTypes.get('order_placed')!;
		const properties = order.properties.map((one) =>
			one.id === 'total' ? { ...one, name: 'Warenwert' } : one
		);
		const renamed: Definitions = {
			...definitions,
			fields: new Map([...definitions.fields, ['country', country]]),
			eventTypes: new Map([
				...definitions.eventTypes,
				['order_placed', { ...order, name: 'Kasse', properties }]
			])
		};
		const draft = group('all', swiss, ordered);
		expect(explainRule(draft, renamed, german)).toBe(
			'Herkunftsland ist Schweiz und hat Kasse ausgelöst, mit Warenwert über 1.234,5.'
		);
	});

	it('is said to be deleted where it is', () => {
		const nothing: Definitions = {
			fields: new Map(),
			eventTypes: new Map(),
			tags: new Map(),
			lists: new Map(),
			segments: new Map()
		};
		const draft = group(
			'any',
			swiss,
			vip,
			leaf({ kind: 'event', types: ['gone'], did: false }),
			leaf({ kind: 'list', test: { operator: 'inAny', lists: ['gone'] } }),
			leaf({ kind: 'segment', segment: 'gone', in: true })
		);
		expect(explainRule(draft, nothing, german)).toBe(
			'Ein gelöschtes Feld ist CH oder ist mit ein gelöschter Tag getaggt oder hat ein gelöschtes Ereignis nicht ausgelöst oder ist in der Liste eine gelöschte Liste oder ist im Segment ein gelöschtes Segment.'
		);
	});
});

describe('words agree', () => {
	const done = (...types: string[]) => ({ kind: 'event' as const, types });
	it.each([
		['keine E-Mail geöffnet', { ...done('email_opened'), did: false }],
		[
			'weder bestellt noch eine E-Mail geöffnet',
			{ ...done('order_placed', 'email_opened'), did: false }
		],
		['Visited shop nicht ausgelöst', { ...done('visited'), did: false }],
		['bestellt oder Visited shop ausgelöst', { ...done('order_placed', 'visited'), did: true }],
		[
			'zur letzten gesendeten E-Mail in keiner E-Mail geklickt',
			{ ...done('email_clicked'), did: false, lastSends: 1 }
		],
		[
			'zwischen 2- und 1.000-mal bestellt',
			{ ...done('order_placed'), did: true, count: { operator: 'between', from: 2, to: 1000 } }
		]
	] as const)('hat %s', (words, condition) => {
		expect(say(condition as Condition)).toBe(`hat ${words}`);
	});

	it.each([
		['hat bei keiner E-Mail einen Bounce gehabt', 'bounced', { which: 'any' }],
		[
			'hat bei der E-Mail a keinen Bounce gehabt',
			'bounced',
			{ which: 'campaigns', campaigns: ['a'] }
		],
		['hat sich aus keiner E-Mail abgemeldet', 'unsubscribed', { which: 'any' }],
		[
			'hat auf keine der letzten 2 gesendeten E-Mails geantwortet',
			'replied',
			{ which: 'lastSends', n: 2 }
		],
		[
			'hat in der letzten gesendeten E-Mail nicht geklickt',
			'clicked',
			{ which: 'lastSends', n: 1 }
		],
		[
			'hat keine der E-Mails a und b geöffnet',
			'opened',
			{ which: 'campaigns', campaigns: ['a', 'b'] }
		]
	] as const)('%s', (words, activity, emails) => {
		expect(say({ kind: 'message', activity, emails, did: false } as Condition)).toBe(words);
	});

	it.each([
		['heute', { operator: 'inPeriod', period: 'today' }],
		['innerhalb der letzten Woche', { operator: 'inLast', n: 1, unit: 'week' }],
		['in den letzten 2 Jahren', { operator: 'inLast', n: 2, unit: 'year' }],
		['im laufenden Kalendermonat', { operator: 'inLastCalendar', n: 1, unit: 'month' }],
		['in der laufenden Kalenderwoche', { operator: 'inLastCalendar', n: 1, unit: 'week' }],
		['am laufenden Kalendertag', { operator: 'inLastCalendar', n: 1, unit: 'day' }],
		['in den letzten 3 Kalendermonaten', { operator: 'inLastCalendar', n: 3, unit: 'month' }],
		['vor mehr als 1 Jahr', { operator: 'moreThanAgo', n: 1, unit: 'year' }],
		['vor mehr als 1.000 Stunden', { operator: 'moreThanAgo', n: 1000, unit: 'hour' }],
		['in mehr als 2 Tagen', { operator: 'moreThanAhead', n: 2, unit: 'day' }],
		['vor 2 bis 3 Monaten', { operator: 'betweenAgo', near: 2, far: 3, unit: 'month' }],
		['vor dem 24. Aug. 2026', { operator: 'before', value: '2026-08-24' }],
		['bis zum 24. Aug. 2026', { operator: 'onOrBefore', value: '2026-08-24' }],
		['nach dem 24. Aug. 2026, 14:05 UTC', { operator: 'after', value: '2026-08-24T14:05:00Z' }],
		['an einem Montag, Dienstag oder Sonntag', { operator: 'dayOfWeek', days: [1, 2, 7] }],
		['im Januar oder Mai', { operator: 'monthIs', months: [1, 5] }]
	] as const)('%s', (words, window) => {
		expect(textOf(sayWindow(window as Parameters<typeof sayWindow>[0]))).toBe(words);
	});

	it.each([
		[
			'Renewal liegt spätestens am 24. Aug. 2026',
			'date',
			{ operator: 'onOrBefore', value: '2026-08-24' }
		],
		[
			'Renewal liegt nicht nach Birthday',
			'date',
			{ operator: 'onOrBefore', value: { field: 'birthday' } }
		],
		[
			'Renewal liegt nicht innerhalb des letzten Monats',
			'date',
			{ operator: 'notInLast', n: 1, unit: 'month' }
		],
		['Renewal ist heute', 'date', { operator: 'inPeriod', period: 'today' }]
	] as const)('%s', (words, of, test) => {
		expect(say({ kind: 'field', field: 'renewal', of, test } as Condition)).toBe(words);
	});

	it('in every period of a row', () => {
		const every = (unit: string, n = 1) =>
			say({
				...{ kind: 'regularly', types: ['order_placed'], times: 1, active: 4, of: 4 },
				period: { n, unit }
			} as Condition);
		expect([every('week'), every('month'), every('week', 2)]).toEqual([
			'hat in jeder der letzten 4 Wochen bestellt',
			'hat in jedem der letzten 4 Monate bestellt',
			'hat in jedem der letzten 4 Zeiträume von 2 Wochen bestellt'
		]);
	});

	it('a clause about items comes after its verb', () => {
		const items = { property: 'items', of: 'json' };
		const sku = [{ path: 'sku', of: 'text', test: { operator: 'is', value: 'A' } }];
		const chf = { property: 'currency', of: 'text', test: { operator: 'is', value: 'CHF' } };
		const count = { operator: 'atLeast', n: 2 };
		expect(
			[
				[{ ...items, test: { operator: 'noItem', where: sku } }, chf],
				[{ ...items, test: { operator: 'itemCount', count, where: sku } }],
				[{ ...items, test: { operator: 'itemCount', count } }, chf]
			].map((where) => say({ ...done('order_placed'), did: true, where } as Condition))
		).toEqual([
			'hat bestellt, wobei Artikel keinen Eintrag hat, bei dem sku A ist, und Währung CHF ist',
			'hat bestellt, wobei Artikel mindestens 2 Einträge hat, bei denen sku A ist',
			'hat bestellt, wobei Artikel mindestens 2 Einträge hat und Währung CHF ist'
		]);
	});

	it('where people live', () => {
		const lives = (inside: boolean, ...values: string[]) =>
			say({ kind: 'place', in: inside, test: { operator: 'country', values } });
		expect(lives(true, 'us', 'nl', 'FR')).toBe(
			'wohnt in den Vereinigten Staaten oder in den Niederlanden oder in Frankreich'
		);
		expect(lives(false, 'CH', 'TR')).toBe('wohnt weder in der Schweiz noch in der Türkei');
	});
});

describe('what was never not so', () => {
	const num = { of: 'number', test: { operator: 'isNoneOf', values: [1, 2] } };
	it.each([
		['beträgt und betrug immer 1 oder 2', { what: 'was', value: num }],
		[
			'beträgt und betrug immer 1 oder 2 (oder kein Wert)',
			{ what: 'was', value: { ...num, missing: 'exclude' } }
		],
		[
			'hat und hatte immer einen Wert',
			{ what: 'was', value: { of: 'number', test: { operator: 'hasNoValue' } } }
		],
		[
			'hat nicht seit mindestens 3 Tagen einen Wert, der weder 1 noch 2 beträgt',
			{ what: 'hasBeen', value: num, n: 3, unit: 'day' }
		]
	])('%s', (words, rest) => {
		const condition = { kind: 'changed', field: 'score', did: false, ...rest } as Condition;
		expect(say(condition)).toBe(`Score ${words}`);
	});
});

describe('where somebody lives', () => {
	it.each([
		['auf den Färöern', 'FO'],
		['auf der Isle of Man', 'IM'],
		['in der Sonderverwaltungsregion Hongkong', 'HK'],
		['auf den Britischen Jungferninseln', 'VG'],
		['in den Karibischen Niederlanden', 'BQ'],
		['im Kosovo', 'XK']
	])('%s', (words, country) => {
		const test = { operator: 'country', values: [country] };
		expect(say({ kind: 'place', in: true, test } as Condition)).toBe(`wohnt ${words}`);
	});
});
