import { expect, test } from 'vitest';
import { Pace, sayProgress, sayStep } from '$lib/imports/pace';
import { describeProblem, titleOf, type RowProblem } from '$lib/imports/problem';
import { remember, remembered } from '$lib/imports/remembered';
import { noCounts } from '$lib/imports/report';
import {
	sayAlso,
	sayCounts,
	sayDone,
	sayNoConsent,
	sayNothingNew,
	sayPendingKept,
	sayRefusalsKept,
	sayUndone
} from '$lib/imports/say-counts';
import { sayWhere } from '$lib/imports/say-problems';
import { Jobs } from '$lib/imports/jobs';
import type { Mapping } from '$lib/imports/mapping';
import { plainStyle } from '$lib/imports/values/style';

const count = (n: number) => n.toLocaleString('en');

test('progress tells how far, how fast and how long, by the step', () => {
	const pace = new Pace();
	expect(sayProgress(pace.at({ step: 'writing', done: 1000, total: 48_000 }, 0), count)).toBe(
		'1,000 of 48,000'
	);
	const later = pace.at({ step: 'writing', done: 13_000, total: 48_000 }, 1000);
	expect(sayProgress(later, count)).toBe('13,000 of 48,000 · 12,000 rows/s · 3 s left');
	expect(pace.at({ step: 'finishing', done: 48_000, total: 48_000 }, 1100).rate).toBeUndefined();
	expect(pace.at({ step: 'x', done: 60, total: 50 }, 0).total).toBe(60);
	expect(sayStep('checking')).toBe('Comparing with your contacts');
});

test('counts are said without what is none', () => {
	expect(
		sayCounts(
			{ ...noCounts, created: 41_020, updated: 6951, repeated: 211, rejected: 31 },
			'contacts',
			count
		)
	).toBe('41,020 new · 6,951 updated · 211 repeated in the file · 31 rejected');
	expect(sayCounts(noCounts, 'events', count)).toBe('0 new');
	expect(sayDone({ ...noCounts, created: 1, rejected: 2 }, 'contacts', count)).toBe(
		'1 contact added, 0 updated. 2 rows rejected.'
	);
	expect(
		sayDone({ ...noCounts, created: 1, repeated: 1, rejected: 1, leftOut: 3 }, 'contacts', count)
	).toBe(
		'1 contact added, 0 updated. 1 row repeated another one. 1 row rejected. 3 values left out.'
	);
	expect(sayDone({ ...noCounts, created: 3, people: 1 }, 'events', count)).toBe(
		'3 events added, and 1 contact for them.'
	);
	expect(
		sayUndone(
			{
				contactsRemoved: 2,
				contactsRestored: 1,
				eventsRemoved: 0,
				left: 1,
				examples: [{ cno: 1, name: 'Ana' }]
			},
			count
		)
	).toBe(
		'Import undone: 2 contacts removed, 1 restored. 1 contact was changed since, and kept that: Ana.'
	);
});

test('events that lie in the future are said, and that they do not count yet', () => {
	const counts = { ...noCounts, created: 1_500, future: 1_200 };
	expect(sayCounts(counts, 'events', count)).toBe('1,500 new · 1,200 in the future');
	expect(sayAlso(counts, 'events', count)).toEqual([
		'1,200 of these events lie in the future. Conditions do not count them yet.'
	]);
	expect(sayAlso({ ...noCounts, future: 1 }, 'events', count)).toEqual([
		'1 of these events lies in the future. Conditions do not count it yet.'
	]);
	expect(sayAlso(noCounts, 'events', count)).toEqual([]);
});

test('what counts for several contacts, and who is archived, is said', () => {
	expect(sayAlso({ ...noCounts, shared: 1 }, 'events', count)).toEqual([
		'1 of these events is about an address that several contacts have. It counts for all of them.'
	]);
	expect(sayAlso({ ...noCounts, shared: 2, archived: 3 }, 'contacts', count)).toEqual([
		'3 of these contacts are archived, and stay in the Archive.'
	]);
});

test('a file whose rows are all rejected is not said to be known', () => {
	const unknown = { type: 'UnknownPerson', column: 'Email', value: 'ana@example.com' } as const;
	const groups = [{ problem: unknown, rows: 2, examples: [] }];
	expect(sayNothingNew({ counts: { ...noCounts, rejected: 2 }, groups }, count)).toBe(
		'All rows are rejected: Unknown people.'
	);
	expect(sayNothingNew({ counts: { ...noCounts, unchanged: 3, rejected: 1 }, groups }, count)).toBe(
		'There is nothing new in this file, and 1 row is rejected: Unknown people.'
	);
	expect(sayNothingNew({ counts: { ...noCounts, unchanged: 3 }, groups: [] }, count)).toBe(
		'There is nothing new in this file.'
	);
});

test('contacts of a file that does not say what they agreed to cannot be sent email', () => {
	const added = { ...noCounts, created: 300, updated: 2 };
	expect(sayNoConsent(added, mapping, count)).toBe(
		'None of the 300 contacts that were added can be sent email until they are subscribed: the file does not say that they agreed.'
	);
	expect(sayNoConsent({ ...noCounts, updated: 2 }, mapping, count)).toBe('');
	expect(sayNoConsent(added, { ...mapping, consent: 'subscribed' }, count)).toBe('');
	const consent = { target: 'consent', channel: 'email', says: {}, otherwise: null } as const;
	const column = { name: 'Newsletter', target: consent, style: plainStyle };
	expect(sayNoConsent(added, { ...mapping, columns: [column] }, count)).toBe('');
	const sms = { ...column, target: { ...consent, channel: 'sms' as const } };
	expect(sayNoConsent(added, { ...mapping, columns: [sms] }, count)).not.toBe('');
});

test('who is pending is told from who has unsubscribed', () => {
	const counts = { ...noCounts, refusalsKept: 1, pendingKept: 300 };
	expect(sayRefusalsKept(counts, count)).toBe(
		'1 contact has unsubscribed before, and stays unsubscribed.'
	);
	expect(sayPendingKept(counts, count)).toBe(
		'300 contacts have not confirmed yet, and stay pending.'
	);
	expect(sayRefusalsKept(noCounts, count) + sayPendingKept(noCounts, count)).toBe('');
});

test('a problem says what is wrong, and what its kind has in common', () => {
	const problem: RowProblem = { type: 'TooLong', column: 'Note', length: 9_999_999, limit: 32_767 };
	expect(describeProblem(problem)).toBe('The value has 9,999,999 characters; up to 32,767 fit');
	expect(titleOf(problem)).toBe('Too long');
});

test('a row is not just called rejected where what it refuses counts', () => {
	const problem = { type: 'Ambiguous', column: 'Email', value: 'ana@example.com' } as const;
	expect(describeProblem(problem)).toBe('Several contacts have “ana@example.com”');
	expect(describeProblem({ ...problem, refused: true })).toBe(
		'Several contacts have “ana@example.com”; all of them are unsubscribed, and nothing else of the row is taken'
	);
	expect(titleOf({ ...problem, refused: true })).toBe(
		'Several contacts fit, and all of them are unsubscribed'
	);
});

test('where problems are is said by value, with how many more there are', () => {
	const at = (line: number, value = '') => ({ line, value });
	expect(sayWhere({ examples: [at(9, 'not-an-email'), at(22, 'a@b')], rows: 2 }, count)).toBe(
		'“not-an-email” in line 9, “a@b” in line 22'
	);
	expect(sayWhere({ examples: [at(2, 'x'), at(3, 'y'), at(1004, 'x')], rows: 8 }, count)).toBe(
		'“x” in lines 2, 1,004, “y” in line 3 and 5 more'
	);
	expect(sayWhere({ examples: [at(24)], rows: 1 }, count)).toBe('Line 24');
	expect(sayWhere({ examples: [at(8), at(24)], rows: 3 }, count)).toBe('Lines 8, 24 and 1 more');
});

const mapping: Mapping = {
	kind: 'contacts',
	match: 'email',
	consent: null,
	eventType: null,
	columns: [
		{ name: 'Email', target: { target: 'email' }, style: plainStyle },
		{
			name: 'Plan',
			target: { target: 'newField', field: { id: 'f1', name: 'Plan', type: 'text' } },
			style: plainStyle
		}
	]
};

function storage(): Pick<Storage, 'getItem' | 'setItem'> {
	const items = new Map<string, string>();
	return {
		getItem: (key) => items.get(key) ?? null,
		setItem: (key, value) => void items.set(key, value)
	};
}

test('where no mapping can be kept, none is remembered, and nothing fails', () => {
	const full = {
		getItem: () => null,
		setItem: () => {
			throw new DOMException('full', 'QuotaExceededError');
		}
	};
	remember(full, 'key', 'email plan', mapping);
	expect(remembered(full, 'key', 'email plan')).toBeUndefined();
});

test('a mapping is remembered by the headers, and its new fields are fields by then', () => {
	const here = storage();
	remember(here, 'key', 'email plan', mapping);
	expect(remembered(here, 'key', 'email plan')?.columns[1]!.target).toEqual({
		target: 'field',
		field: 'f1'
	});
	expect(remembered(here, 'key', 'email')).toBeUndefined();
	for (let i = 0; i < 40; i++) remember(here, 'key', `file ${i}`, mapping);
	expect(remembered(here, 'key', 'email plan')).toBeUndefined();
	expect(remembered(here, 'key', 'file 39')).toBeDefined();
});

test('what something else wrote there is nothing', () => {
	const here = storage();
	for (const text of ['{', '{}', '[["x",{}]]', '']) {
		here.setItem('key', text);
		expect(remembered(here, 'key', 'x')).toBeUndefined();
	}
});

test('progress is told ten times a second at most, and at the end of each step', async () => {
	let now = 0;
	const told: string[] = [];
	const jobs = new Jobs(
		(news) => news.type === 'progress' && told.push(`${news.step} ${news.done}`),
		() => now
	);
	await jobs.run('job', { gives: false }, async (job) => {
		for (let done = 1; done <= 10; done++) {
			now += 30;
			job.tell(done, 10, 'reading');
		}
		job.tell(1, 10, 'writing');
	});
	expect(told).toEqual(['reading 1', 'reading 5', 'reading 9', 'reading 10', 'writing 1']);
});
