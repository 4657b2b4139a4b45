import { cleanup, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { kinds } from '$lib/rules/conditions/registry';
import { definitions } from '../../fixtures/people';
import { add, choose, edit, expectSound, fill, open, user } from './edit';
import '../ui/ready';

afterEach(cleanup);

const about = kinds.filter(({ kind }) =>
	['consent', 'suppressed', 'anniversary', 'place', 'sample', 'changed', 'membership'].includes(
		kind
	)
);

describe.each(about)('$kind', (kind) => {
	it.each(kind.choices(definitions))('as the picker starts it: $label', ({ condition }) => {
		edit(condition);
		expect(screen.getAllByRole('button').length).toBeGreaterThan(1);
	});

	it('with nothing in it, or with anything', () => {
		edit({ kind: kind.kind });
		expect(screen.getAllByRole('button').length).toBeGreaterThan(0);
		cleanup();
		for (const operator of ['within', 'country', 'onDay', 'monthIs', 'inNext', 5]) {
			const odd = {
				test: { operator, of: 3, fields: [], values: 1, day: 'x' },
				field: 7,
				from: 'x'
			};
			edit({ kind: kind.kind, ...odd, what: 'hasBeen', value: 3, window: 1, reasons: {} });
			expect(screen.getAllByRole('button').length).toBeGreaterThan(0);
			cleanup();
		}
	});
});

describe('consent', () => {
	it('is edited whole, and loses its date with nobody having been asked', async () => {
		const state = edit({ kind: 'consent', channel: 'email', is: true, state: 'pending' });
		await choose(/state: pending/, 'subscribed to');
		await choose(/^Channel/, 'SMS');
		await choose(/is or is not/, 'is not');
		await choose(/SMS consent, operator: at any time/, 'in the last');
		expect(state.condition).toEqual({
			kind: 'consent',
			channel: 'sms',
			is: false,
			state: 'subscribed',
			window: { operator: 'inLast', n: 30, unit: 'day' }
		});
		expectSound(state.condition);
		await choose(/state: subscribed/, 'never asked');
		expect(state.condition).not.toHaveProperty('window');
		expectSound(state.condition);
	});
});

describe('suppressed', () => {
	it('takes several reasons', async () => {
		const state = edit({ kind: 'suppressed', is: true, reasons: [] });
		await add(/^Reasons/, 'a complaint');
		await choose(/is or is not/, 'is not suppressed');
		expect(state.condition).toEqual({ kind: 'suppressed', is: false, reasons: ['complaint'] });
		expectSound(state.condition);
	});
});

describe('an anniversary', () => {
	it('is edited with every way it can come round', async () => {
		const state = edit({
			kind: 'anniversary',
			field: 'birthday',
			of: 'date',
			test: { operator: 'today' }
		});
		await choose(/^Field:/, 'Last seen');
		expect(state.condition).toMatchObject({ field: 'seen', of: 'datetime' });
		await choose(/Last seen, when/, 'came round in the last');
		await fill(/Last seen, days/, { 'Days, with today': '14' });
		expect(state.condition).toMatchObject({ test: { operator: 'inLast', days: 14 } });
		expectSound(state.condition);
		await choose(/Last seen, when/, 'comes round in the next');
		expect(state.condition).toMatchObject({ test: { operator: 'inNext', days: 14 } });
		await choose(/Last seen, when/, 'comes round in the period');
		await choose(/Last seen, period/, 'next week');
		expect(state.condition).toMatchObject({ test: { operator: 'inPeriod', period: 'nextWeek' } });
		expectSound(state.condition);
		await choose(/Last seen, when/, 'is in the month');
		await add(/Last seen, months/, 'June');
		expect(state.condition).toMatchObject({ test: { operator: 'monthIs', months: [6] } });
		expectSound(state.condition);
		await choose(/Last seen, when/, 'is on the day');
		const panel = await open(/Last seen, day/);
		await user.type(await panel.findByLabelText('Day'), '30');
		await user.selectOptions(panel.getByLabelText('Month'), 'February');
		// There is no such day: nothing is chosen, and it is said.
		expect(state.condition).toMatchObject({ test: { operator: 'onDay', day: undefined } });
		expect(await panel.findByText('There is no such day.')).toBeTruthy();
		await user.clear(panel.getByLabelText('Day'));
		await user.type(panel.getByLabelText('Day'), '29');
		expect(state.condition).toMatchObject({ test: { operator: 'onDay', day: '--02-29' } });
		expectSound(state.condition);
	});
});

describe('a place', () => {
	it('is one of the values there are', async () => {
		const state = edit({ kind: 'place', in: true, test: { operator: 'eu' } });
		await choose(/what sort/, 'the country');
		await add(/Country, values/, 'CH');
		await choose(/in or not/, 'does not live in');
		expect(state.condition).toEqual({
			kind: 'place',
			in: false,
			test: { operator: 'country', values: ['CH'] }
		});
		expectSound(state.condition);
	});

	it('is within a distance of a point, by the fields called so', async () => {
		const state = edit({ kind: 'place', in: true, test: { operator: 'eu' } });
		await choose(/what sort/, 'a distance');
		await fill(/Place, distance/, { Kilometres: '12.5' });
		await fill(/Place, point/, {
			'Latitude, north is positive': '47.3769',
			'Longitude, east is positive': '-8.5'
		});
		expect(state.condition).toEqual({
			kind: 'place',
			in: true,
			test: {
				operator: 'within',
				km: 12.5,
				of: { latitude: 47.3769, longitude: -8.5 },
				fields: { latitude: 'lat', longitude: 'lon' }
			}
		});
		expectSound(state.condition);
		await choose(/field of latitudes/, 'Score');
		expect(state.condition).toMatchObject({ test: { fields: { latitude: 'score' } } });
	});
});

describe('a sample', () => {
	it('is a share of those a word draws', async () => {
		const state = edit({ kind: 'sample', in: true, seed: 'sample', from: 0, to: 10 });
		await fill(/Sample, share/, { 'From, per cent': '2.5', 'To, per cent': '50' });
		await fill(/Sample, drawn by/, { 'Drawn by': 'spring' });
		await choose(/in or not/, 'is not in');
		expect(state.condition).toEqual({
			kind: 'sample',
			in: false,
			seed: 'spring',
			from: 2.5,
			to: 50
		});
		expectSound(state.condition);
	});
});

describe('a change', () => {
	it('is edited from such a value to such a value, in a time', async () => {
		const state = edit({ kind: 'changed', field: '', did: true, what: 'changed' });
		await choose(/^Field:/, 'Score');
		await choose(/Score, from/, 'from one that');
		await choose(/Score, operator/, 'has no value');
		await choose(/Score, changed, operator/, 'in the last');
		expect(state.condition).toEqual({
			kind: 'changed',
			field: 'score',
			did: true,
			what: 'changed',
			from: { of: 'number', test: { operator: 'hasNoValue' } },
			window: { operator: 'inLast', n: 30, unit: 'day' }
		});
		expectSound(state.condition);
		await choose(/what became of it/, 'not for as long as');
		expect(state.condition).toEqual({
			kind: 'changed',
			field: 'score',
			did: false,
			what: 'hasBeen',
			value: { of: 'number', test: { operator: 'hasNoValue' } },
			n: 30,
			unit: 'day'
		});
		expectSound(state.condition);
		// A field of another type starts anew.
		await choose(/^Field:/, 'City');
		expect(state.condition).toMatchObject({ value: { of: 'text' } });
	});
});

describe('a membership', () => {
	it('is finished from what the picker begins, by keyboard alone', async () => {
		const [begun] = kinds.find(({ kind }) => kind === 'membership')!.choices(definitions);
		const state = edit(begun!.condition);
		await screen.findByRole('button', { name: 'Segment: choose a segment' });
		await user.tab();
		await user.tab();
		await user.keyboard('{Enter}');
		await waitFor(() => expect(document.activeElement?.role).toBe('combobox'));
		await user.keyboard('swi');
		await screen.findByRole('option', { name: /Swiss/ });
		await user.keyboard('{Enter}');
		expect(state.condition).toEqual({
			...{ kind: 'membership', segment: 's-swiss', did: true, move: 'entered' }
		});
		expectSound(state.condition);
	});

	it('is of a segment, in a time', async () => {
		const state = edit({ kind: 'membership', segment: '', did: true, move: 'entered' });
		await choose(/^Segment:/, 'Swiss');
		await choose(/entered or left/, 'has not left');
		await choose(/Swiss, operator/, 'in the last');
		expect(state.condition).toEqual({
			kind: 'membership',
			segment: 's-swiss',
			did: false,
			move: 'left',
			window: { operator: 'inLast', n: 30, unit: 'day' }
		});
		expectSound(state.condition);
	});
});
