import { describe, expect, test } from 'vitest';
import { dateOf, datetimeOf, orderOf } from '$lib/imports/values/date';

describe('a cell is read as a day', () => {
	test.each([
		['2024-03-12', null, '2024-03-12'],
		['2024/3/2', null, '2024-03-02'],
		['12.03.2024', null, '2024-03-12'],
		['25/12/2024', null, '2024-12-25'],
		['12/25/2024', null, '2024-12-25'],
		['03/04/2025', 'day', '2025-04-03'],
		['03/04/2025', 'month', '2025-03-04'],
		['04/04/2025', null, '2025-04-04'],
		['12-03-2024', 'day', '2024-03-12'],
		['12 Mar 2025', null, '2025-03-12'],
		['1. März 2025', null, '2025-03-01'],
		['1er août 2025', null, undefined],
		['12 février 2024', null, '2024-02-12'],
		['12 fevrier 2024', null, '2024-02-12'],
		['12 FÉVRIER 2024', null, '2024-02-12'],
		['12 fe\u0301vr. 2024', null, '2024-02-12'],
		['3 décembre 2024', null, '2024-12-03'],
		['août 3, 2024', null, '2024-08-03'],
		['sáb, 3 ene 2026', null, '2026-01-03'],
		['Mar 12, 2025', null, '2025-03-12'],
		['Wed, 12 March 2025', null, '2025-03-12'],
		['12-Mar-2025', null, '2025-03-12'],
		// Which of the two it is nobody has said.
		['03/04/2025', null, undefined],
		['03/04/25', 'day', undefined],
		// It contradicts the order that the column has, which for points is one.
		['05.13.1980', null, undefined],
		['05.13.1980', 'month', undefined],
		['03.04.1985', 'month', '1985-04-03'],
		['05/13/1980', 'day', undefined],
		['13/05/1980', 'month', undefined],
		['05/13/1980 10:00', 'day', undefined],
		['2025-02-30', null, undefined],
		['31/02/2025', 'day', undefined],
		['20250312', null, undefined],
		['soon', null, undefined],
		['12 Foo 2025', null, undefined]
	] as const)('%s (%s) is %s', (text, order, day) => {
		expect(dateOf(text, order)).toBe(day);
	});
});

describe('a cell is read as an instant', () => {
	test.each([
		['2024-03-12T09:14:00Z', '2024-03-12T09:14:00.000Z'],
		['2024-03-12 09:14', '2024-03-12T08:14:00.000Z'],
		['2024-07-12 09:14', '2024-07-12T07:14:00.000Z'],
		['3/15/2024 2:30 PM', '2024-03-15T13:30:00.000Z'],
		['3/15/2024 12:05 am', '2024-03-14T23:05:00.000Z'],
		['2025-10-02 17:09:34 -0300', '2025-10-02T20:09:34.000Z'],
		['2025-10-02 17:09:34.250+02:00', '2025-10-02T15:09:34.250Z'],
		['2024-03-12', '2024-03-11T23:00:00.000Z'],
		['12 Mar 2025 14:00', '2025-03-12T13:00:00.000Z'],
		['Mar 12, 2025 at 2:00 pm', '2025-03-12T13:00:00.000Z'],
		// The hour that the clocks skip, and the one that they repeat: the first instant after, and the earlier one.
		['2024-03-31 02:30', '2024-03-31T01:00:00.000Z'],
		['2024-10-27 02:30', '2024-10-27T00:30:00.000Z'],
		['2024-03-12 25:00', undefined],
		['2024-03-12 13:00 pm', undefined],
		['2024-03-12 09:61', undefined]
	])('%s in Zurich is %s', (text, instant) => {
		expect(datetimeOf(text, 'month', 'Europe/Zurich')).toBe(instant);
	});
});

describe('the order of day and month', () => {
	test('is told by one value that cannot be read the other way round', () => {
		expect(orderOf(['03/04/2025', '13/04/2025'])).toEqual({ sure: true, order: 'day' });
		expect(orderOf(['03/04/2025', '04/13/2025'])).toEqual({ sure: true, order: 'month' });
	});
	test('must be asked when every value can be read both ways, or values contradict each other', () => {
		expect(orderOf(['03/04/2025', '12/04/2025'])).toEqual({ sure: false });
		expect(orderOf(['13/04/2025', '04/13/2025'])).toEqual({ sure: false });
	});
	test('does not matter for years in front, points and equal numbers', () => {
		expect(orderOf(['2025-04-03', '03.04.2025', '05/05/2025'])).toEqual({
			sure: true,
			order: null
		});
	});
});
