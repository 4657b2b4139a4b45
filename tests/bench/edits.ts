import type { Page } from 'playwright-core';
import { paste, press, saveSegment, timed, type Condition } from './flows';

const inLast = (n: number) => ({ operator: 'inLast', n, unit: 'day' });

export const isSubscribed: Condition = {
	kind: 'field',
	field: 'email_consent',
	of: 'select',
	test: { operator: 'is', value: 'subscribed' }
};

const livesIn = (...values: readonly string[]): Condition => ({
	kind: 'field',
	field: 'country',
	of: 'text',
	test: { operator: 'isAnyOf', values }
});

const did = (type: string, times: number, days: number): Condition => ({
	kind: 'event',
	types: [type],
	did: true,
	count: { operator: 'atLeast', n: times },
	window: inLast(days)
});

const spent = (total: number, days: number): Condition => ({
	kind: 'event',
	types: ['order_placed'],
	did: true,
	window: inLast(days),
	where: [{ property: 'total', of: 'number', test: { operator: 'moreThan', value: total } }]
});

const didNot = (type: string, days: number): Condition => ({
	kind: 'event',
	types: [type],
	did: false,
	window: inLast(days)
});

const created = (days: number): Condition => ({
	kind: 'field',
	field: 'created_at',
	of: 'datetime',
	test: inLast(days)
});

const postcode = (digits: number): Condition => ({
	kind: 'field',
	field: 'postcode',
	of: 'text',
	test: { operator: 'startsWith', value: String(digits) }
});

/** Rules no two of which ask the same, so that each is counted from the start. */
export const variedRules = (count: number): Condition[][] =>
	Array.from({ length: count }, (_, i) => [
		isSubscribed,
		[
			did('email_opened', (i % 4) + 1, 20 + i),
			spent(10 + i, 300 - i),
			created(40 + 7 * i),
			didNot('email_clicked', 30 + i),
			postcode(11 + i)
		][i % 5]!
	]);

/**
 * Edits one rule over and over in the builder: rows that ask what was never asked, rows taken away, switched off and on,
 * turned round. Gives the milliseconds from each to its total.
 */
export async function editRule(page: Page): Promise<number[]> {
	await saveSegment(page, [isSubscribed, livesIn('CH', 'DE', 'AT'), did('email_opened', 3, 30)]);
	const times: number[] = [];
	const time = async (act: () => Promise<void>) => void times.push(await timed(page, act));
	for (let i = 0; i < 12; i++) {
		const added = [
			did('email_opened', (i % 3) + 1, 33 + i),
			spent(25 + i, 200 + i),
			didNot('email_delivered', 3 + i),
			created(100 + 13 * i),
			postcode(30 + i),
			did('page_viewed', 1, 45 + i)
		][i % 6]!;
		await time(() => paste(page, added));
		await time(() => press(page, 2, 'Space'));
		await time(() => press(page, 2, 'Space'));
		await time(() => press(page, 3, 'n'));
		await time(() => press(page, 3, 'n'));
		await time(() => press(page, 3, 'Backspace'));
	}
	return times;
}
