import '@testing-library/jest-dom/vitest';
import { cleanup, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { familyOf, type FieldType } from '$lib/fields/field';
import {
	kindOf,
	kinds,
	kindsByName,
	readCondition,
	type Condition
} from '$lib/rules/conditions/registry';
import type { EditorContext, RawCondition } from '$lib/rules/editing/editor';
import { parameterOf, type Parameter } from '$lib/rules/editing/parameter';
import { operatorInfos } from '$lib/rules/operators/families';
import { countLabels } from '$lib/rules/operators/count';
import { listOperators } from '$lib/rules/conditions/list/list';
import { tagOperators } from '$lib/rules/conditions/tag/tag';
import { allExamples } from '../../fixtures/examples';
import { definitions, moment } from '../../fixtures/people';
import '../ui/ready';
import { edit as editIn, open, user } from './edit';

afterEach(cleanup);

const context: EditorContext = {
	values: async (source) => ({
		values: [
			{ value: 'family' in source && source.family === 'number' ? 41 : 'CH', count: 4 },
			{ value: 'family' in source && source.family === 'number' ? 1.5 : 'DE', count: 1 }
		],
		more: false,
		among: 9,
		empty: 3
	}),
	known: async (_, values) => values.length - 1,
	paths: async ({ item }) =>
		item === undefined
			? [
					{ path: 'address.city', of: 'text', share: 1 },
					{ path: 'pets', of: 'json', share: 0.5 }
				]
			: [
					{ path: 'sku', of: 'text', share: 1 },
					{ path: 'price', of: 'number', share: 0.75 }
				],
	count: async (rules) => rules.map(() => 7),
	moment,
	self: undefined
};

const edit = (condition: RawCondition) => editIn(condition, context);

/** Chooses what is called exactly so from a token's list. */
async function choose(token: RegExp, label: string) {
	const panel = await open(token);
	// A plain select in the same popover is a combobox too, and never expanded.
	await user.type(await panel.findByRole('combobox', { expanded: true }), label);
	const options = await panel.findAllByRole('option');
	const option = options.find(({ textContent }) => textContent?.trim().startsWith(label));
	await user.click(option!);
}

async function fill(panel: ReturnType<typeof within>, label: string | RegExp, text: string) {
	const field = await panel.findByLabelText(label);
	await user.clear(field);
	await user.type(field, text);
}

const done = (panel: ReturnType<typeof within>) =>
	user.click(panel.getByRole('button', { name: 'Done' }));

/** How a person fills in what an operator takes. */
const fillIn: Record<Parameter, () => Promise<void>> = {
	none: async () => {},
	text: async () => {
		const panel = await open(/, text:/);
		await fill(panel, 'Text', 'abc');
		await done(panel);
	},
	pattern: async () => {
		const panel = await open(/, pattern:/);
		await fill(panel, 'Pattern', '^a');
		await done(panel);
	},
	value: async () => {
		const panel = await open(/, value:/);
		await panel.findAllByRole('option');
		await user.type(panel.getByRole('combobox'), '{Enter}');
	},
	values: async () => {
		const panel = await open(/, values:/);
		const box = await panel.findByRole('combobox');
		if (panel.queryAllByRole('option').length === 0) await user.type(box, '12');
		await panel.findAllByRole('option');
		await user.click(panel.getAllByRole('option')[0]!);
		await user.keyboard('{Enter}');
	},
	number: async () => {
		const panel = await open(/, number:/);
		await fill(panel, 'Number', '1,5');
		await done(panel);
	},
	numberRange: async () => {
		const panel = await open(/, range:/);
		await fill(panel, 'From', '-2');
		await fill(panel, 'To', '3.5');
		await done(panel);
	},
	day: async () => {
		const panel = await open(/, date:/);
		await fill(panel, 'Date', '2024-03-31');
		await done(panel);
	},
	when: async () => {
		const panel = await open(/, date:/);
		await fill(panel, 'Date', '2024-03-31');
		await done(panel);
	},
	whenRange: async () => {
		const panel = await open(/, dates:/);
		await fill(panel, 'From', '2024-03-01');
		await fill(panel, 'To', '2024-03-31');
		await done(panel);
	},
	span: async () => {
		const panel = await open(/, length of time:/);
		await fill(panel, 'How many', '14');
		await user.selectOptions(panel.getByLabelText('Unit'), 'weeks');
		await done(panel);
	},
	calendarSpan: async () => {
		const panel = await open(/, length of time:/);
		await fill(panel, 'How many', '2');
		await done(panel);
	},
	agoRange: async () => {
		const panel = await open(/, length of time:/);
		await fill(panel, 'At least', '2');
		await fill(panel, 'At most', '5');
		await done(panel);
	},
	period: async () => choose(/, period:/, 'last month'),
	weekdays: async () => {
		const panel = await open(/, days:/);
		await user.click(await panel.findByLabelText('Monday'));
		await done(panel);
	},
	months: async () => {
		const panel = await open(/, months:/);
		await user.click(await panel.findByLabelText('June'));
		await done(panel);
	},
	count: async () => {
		const panel = await open(/, count:/);
		await fill(panel, 'Number', '2');
		await done(panel);
	},
	items: async () => {
		await choose(/, add a filter on items:/, 'sku');
		await fillIn.values();
	},
	itemCount: async () => {
		await fillIn.count();
		await fillIn.items();
	}
};

function expectSound(condition: RawCondition) {
	const kind = kindsByName.get(condition.kind)!;
	const parsed = kind.schema.safeParse(condition);
	expect(parsed.error?.issues ?? []).toEqual([]);
	const sound = parsed.data as Condition;
	expect(kindOf(sound).problems(sound, definitions)).toEqual([]);
}

describe.each(kinds)('the editor of the kind $kind', ({ kind, choices }) => {
	it.each(allExamples.filter(({ condition }) => condition.kind === kind))(
		'draws “$explains”, and changes nothing by itself',
		({ condition }) => {
			const state = edit(condition);
			expect(state.condition).toBe(condition);
			expect(document.body.textContent).not.toMatch(/^\s*$|undefined|\[object|NaN/);
			expect(document.querySelector('.token.empty')).toBeNull();
			for (const button of screen.queryAllByRole('button')) expect(button).toHaveAccessibleName();
		}
	);

	it('draws what the picker adds, and opens what is still to be chosen', () => {
		const offered = choices(definitions);
		expect(offered).not.toEqual([]);
		for (const { condition } of offered) {
			edit(condition);
			const empty = document.querySelector('.token.empty') !== null;
			expect([condition, empty]).toEqual([condition, readCondition(condition) === undefined]);
			cleanup();
		}
	});
});

const fieldOf: Record<FieldType, string> = {
	text: 'city',
	email: 'email',
	url: 'page',
	phone: 'phone',
	number: 'score',
	boolean: 'vip',
	date: 'birthday',
	datetime: 'seen',
	select: 'plan',
	multiselect: 'topics',
	json: 'profile'
};

describe.each(Object.entries(fieldOf) as [FieldType, string][])(
	'a field of type %s',
	(type, id) => {
		if (type === 'url') definitionsWithPage();
		const family = familyOf(type);

		it.each(operatorInfos(family, type).map(([operator, { label }]) => [operator, label]))(
			'is edited with %s',
			async (operator, label) => {
				const first = operatorInfos(family, type).find(([other]) => other !== operator)![0];
				const state = edit({ kind: 'field', field: id, of: family, test: { operator: first } });
				await choose(/, operator:/, label);
				expect(state.condition).toMatchObject({ test: { operator } });
				await fillIn[parameterOf(family, operator)]();
				expectSound(state.condition);
				expect(state.condition).toMatchObject({ test: { operator } });
			},
			20_000
		);
	}
);

function definitionsWithPage() {
	(definitions.fields as Map<string, unknown>).set('page', {
		id: 'page',
		name: 'Page',
		type: 'url'
	});
}

describe('a condition on JSON', () => {
	const profile = (comparison: object) => edit({ kind: 'field', field: 'profile', ...comparison });
	const has = { of: 'json', test: { operator: 'hasValue' } };

	it('is about a path that there is, as what is mostly there', async () => {
		const state = profile(has);
		const panel = await open(/Profile, path: \+ path/);
		await panel.findByRole('option', { name: /address/ });
		const listed = within(panel.getByRole('listbox')).getAllByRole('option');
		expect(listed.map(({ textContent }) => textContent?.trim())).toEqual([
			expect.stringMatching(/address\.city.*text · in 100/),
			expect.stringMatching(/pets.*list or object · in 50/),
			'all of it'
		]);
		await user.click(panel.getByRole('option', { name: /address/ }));
		expect(state.condition).toEqual({
			kind: 'field',
			field: 'profile',
			path: 'address.city',
			of: 'text',
			test: { operator: 'isAnyOf' }
		});
		await fillIn.values();
		expectSound(state.condition);
		expect(screen.getByRole('button', { name: 'Profile address.city, values: CH' })).toBeTruthy();
	});

	it('is about a path that is typed, as what is chosen', async () => {
		const state = profile(has);
		await choose(/Profile, path/, 'address.floor');
		const panel = await open(/Profile, path: address\.floor/);
		await user.selectOptions(panel.getByLabelText('Compared as'), 'Number');
		expect(state.condition).toMatchObject({
			path: 'address.floor',
			of: 'number',
			test: { operator: 'atLeast' }
		});
		await user.keyboard('{Escape}');
		await fillIn.number();
		expectSound(state.condition);
	});

	it('asks the items of a list, and lets go of a filter', async () => {
		const state = profile(has);
		await choose(/Profile, path/, 'pets');
		await choose(/add a filter on items: choose/, 'sku');
		await fillIn.values();
		await choose(/add a filter on items: \+ and/, 'price');
		await fillIn.number();
		const price = { path: 'price', of: 'number', test: { operator: 'atLeast', value: 1.5 } };
		expect(state.condition).toEqual({
			kind: 'field',
			field: 'profile',
			path: 'pets',
			of: 'json',
			test: {
				operator: 'anyItem',
				where: [{ path: 'sku', of: 'text', test: { operator: 'isAnyOf', values: ['CH'] } }, price]
			}
		});
		expectSound(state.condition);
		const panel = await open(/part of the item: sku/);
		await user.click(await panel.findByRole('button', { name: 'Remove this filter' }));
		expect(state.condition).toMatchObject({ test: { where: [price] } });
	});

	it('loses its path with its field', async () => {
		const state = profile({ path: 'address.city', of: 'text', test: { operator: 'hasValue' } });
		await choose(/^Field:/, 'City');
		expect(state.condition).toEqual({
			kind: 'field',
			field: 'city',
			of: 'text',
			test: { operator: 'isAnyOf' }
		});
	});
});

describe('a field condition', () => {
	it('is compared with another field of its kind', async () => {
		const state = edit({
			kind: 'field',
			field: 'score',
			of: 'number',
			test: { operator: 'moreThan' }
		});
		const panel = await open(/Score, number:/);
		await user.click(await panel.findByRole('button', { name: /another field/ }));
		await user.type(panel.getByRole('combobox'), 'lim');
		await user.keyboard('{Enter}');
		expect(state.condition).toMatchObject({
			test: { operator: 'moreThan', value: { field: 'limit' } }
		});
		expect(screen.getByRole('button', { name: 'Score, number: the field Limit' })).toBeTruthy();
		expectSound(state.condition);
	});

	it('says that blanks count as not, and leaves them out when told', async () => {
		const state = edit({
			kind: 'field',
			field: 'city',
			of: 'text',
			test: { operator: 'doesNotContain', value: 'x' }
		});
		const panel = await open(/City, no value: blank counts as not/);
		await panel.findByText('3');
		await user.click(panel.getByLabelText(/Left out/));
		expect(state.condition).toMatchObject({ missing: 'exclude' });
		await user.click(panel.getByLabelText(/Taken in/));
		expect(state.condition).not.toHaveProperty('missing');
	});

	it('takes in those without a value by choosing (empty)', async () => {
		const state = edit({
			kind: 'field',
			field: 'country',
			of: 'text',
			test: { operator: 'isAnyOf', values: ['CH'] }
		});
		const panel = await open(/Country, values: Switzerland/);
		await user.click(await panel.findByLabelText(/\(empty\)/));
		expect(state.condition).toMatchObject({ missing: 'include', test: { values: ['CH'] } });
	});

	it('shows values with their counts, chooses with Space, and takes in a pasted list', async () => {
		const state = edit({
			kind: 'field',
			field: 'country',
			of: 'text',
			test: { operator: 'isAnyOf' }
		});
		const panel = await open(/Country, values/);
		expect(await panel.findByRole('option', { name: 'Switzerland CH 4' })).toBeTruthy();
		await user.type(panel.getByRole('combobox'), '{ArrowDown} ');
		expect(state.condition).toMatchObject({ test: { values: ['DE'] } });
		await user.keyboard('{ArrowUp} ');
		expect(state.condition).toMatchObject({ test: { values: ['DE', 'CH'] } });
		await user.click(panel.getByRole('button', { name: 'Paste a list…' }));
		await user.type(panel.getByLabelText('One value a line'), 'FR{Enter}IT{Enter}FR');
		await user.click(panel.getByRole('button', { name: 'Take in' }));
		expect(state.condition).toMatchObject({ test: { values: ['DE', 'CH', 'FR', 'IT'] } });
		expect(await panel.findByText('1 found, 1 not.')).toBeTruthy();
	});

	it('finds an operator by what others call it', async () => {
		const state = edit({
			kind: 'field',
			field: 'city',
			of: 'text',
			test: { operator: 'is', value: 'x' }
		});
		const panel = await open(/City, operator/);
		await user.type(await panel.findByRole('combobox'), 'is blank');
		await user.keyboard('{Enter}');
		expect(state.condition).toMatchObject({ test: { operator: 'hasNoValue' } });
	});

	it('keeps its value with an operator that takes the same', async () => {
		const state = edit({
			kind: 'field',
			field: 'city',
			of: 'text',
			test: { operator: 'is', value: 'x' }
		});
		await choose(/, operator:/, 'is none of');
		expect(state.condition).toMatchObject({ test: { operator: 'isNoneOf', values: ['x'] } });
	});

	it('shows what stretch of time is meant', async () => {
		edit({
			kind: 'field',
			field: 'seen',
			of: 'datetime',
			test: { operator: 'inLast', n: 30, unit: 'day' }
		});
		const panel = await open(/Last seen, length of time/);
		expect(panel.getByText('16 May 12:00 to 15 Jun 12:00, Europe/Zurich')).toBeTruthy();
	});

	it('says a pattern’s mistake where it is typed', async () => {
		edit({ kind: 'field', field: 'city', of: 'text', test: { operator: 'matches' } });
		const panel = await open(/City, pattern/);
		await user.type(await panel.findByLabelText('Pattern'), '(a');
		expect((await panel.findByRole('alert')).textContent).not.toBe('');
	});

	it('of a deleted field can be pointed at another', async () => {
		const state = edit({
			kind: 'field',
			field: 'gone',
			of: 'text',
			test: { operator: 'hasValue' }
		});
		await choose(/Field: a deleted field/, 'City');
		expect(state.condition).toMatchObject({ field: 'city', test: { operator: 'hasValue' } });
	});
});

describe('an event condition', () => {
	it('is edited whole: what, whether, how often, when and where', async () => {
		const state = edit({ kind: 'event', types: ['order_placed'], did: true });
		const count = await open(/how many times: at least once/);
		await user.selectOptions(await count.findByLabelText('How many'), 'between');
		await fill(count, 'From', '2');
		await fill(count, 'To', '5');
		await done(count);
		await choose(/Placed order, operator: at any time/, 'in the last');
		await choose(/Placed order, add a filter/, 'Total');
		await choose(/Total, operator/, '>');
		await fillIn.number();
		expect(state.condition).toEqual({
			kind: 'event',
			types: ['order_placed'],
			did: true,
			count: { operator: 'between', from: 2, to: 5 },
			window: { operator: 'inLast', n: 30, unit: 'day' },
			where: [{ property: 'total', of: 'number', test: { operator: 'moreThan', value: 1.5 } }]
		});
		expectSound(state.condition);

		await choose(/did or did not/, 'has not done');
		expect(state.condition).not.toHaveProperty('count');
		expectSound(state.condition);

		const filter = await open(/Placed order, property: Total/);
		await user.click(await filter.findByRole('button', { name: 'Remove this filter' }));
		expect(state.condition).not.toHaveProperty('where');
	});

	it('takes several events, and offers the properties all of them have', async () => {
		const state = edit({ kind: 'event', types: ['email_opened'], did: true });
		const panel = await open(/Events: Opened email/);
		await user.type(await panel.findByRole('combobox'), 'clicked');
		await user.keyboard('{Enter}{Enter}');
		expect(state.condition).toMatchObject({ types: ['email_opened', 'email_clicked'] });
		const filters = await open(/add a filter/);
		const names = (await filters.findAllByRole('option')).map(({ textContent }) => textContent);
		expect(names.map((name) => name?.trim().split(' ')[0])).toEqual(['Campaign', 'By']);
	});

	it('offers every time operator that is not negative as its window', async () => {
		edit({ kind: 'event', types: ['order_placed'], did: true });
		const panel = await open(/Placed order, operator/);
		const labels = (await panel.findAllByRole('option')).map((option) =>
			option.textContent?.trim()
		);
		expect(labels).toHaveLength(16);
		expect(labels.some((label) => /^(not|has)\b/.test(label!))).toBe(false);
	});

	it.each(Object.entries(countLabels))('counts with %s', async (operator, label) => {
		const state = edit({ kind: 'event', types: ['order_placed'], did: true });
		const panel = await open(/how many times/);
		await user.selectOptions(await panel.findByLabelText('How many'), label);
		for (const field of ['Number', 'From', 'To'])
			if (panel.queryByLabelText(field)) await fill(panel, field, '3');
		expect(state.condition).toMatchObject({ count: { operator } });
		expectSound(state.condition);
	});
});

describe('tags, lists and segments', () => {
	it.each(Object.entries(tagOperators))('edits tags with %s', async (operator, label) => {
		const other = operator === 'anyOf' ? 'hasAny' : 'anyOf';
		const state = edit({ kind: 'tag', test: { operator: other, tags: [] } });
		await choose(/Tags, operator/, label);
		if (screen.queryByRole('button', { name: /^Tags: choose/ })) {
			const panel = await open(/^Tags: choose/);
			await user.click(await panel.findByRole('option', { name: /vip/ }));
		}
		expect(state.condition).toMatchObject({ test: { operator } });
		expectSound(state.condition);
	});

	it.each(Object.entries(listOperators))('edits lists with %s', async (operator, label) => {
		const other = operator === 'inAny' ? 'inNoList' : 'inAny';
		const state = edit({ kind: 'list', test: { operator: other, lists: [] } });
		await choose(/Lists, operator/, label);
		if (screen.queryByRole('button', { name: /^Lists: choose/ })) {
			const panel = await open(/^Lists: choose/);
			await user.click(await panel.findByRole('option', { name: /Newsletter/ }));
		}
		expect(state.condition).toMatchObject({ test: { operator } });
		expectSound(state.condition);
	});

	it('edits a segment condition, with how many are in each', async () => {
		const state = edit({ kind: 'segment', segment: '', in: true });
		await choose(/in or not/, 'is not in segment');
		const panel = await open(/^Segment:/);
		await user.click(await panel.findByRole('option', { name: /Swiss.*7/ }));
		expect(state.condition).toEqual({ kind: 'segment', segment: 's-swiss', in: false });
		expectSound(state.condition);
	});

	it('draws everyone', () => {
		edit({ kind: 'everyone' });
		expect(screen.getByText('everyone')).toBeTruthy();
	});
});
