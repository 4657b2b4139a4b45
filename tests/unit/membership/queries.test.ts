import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '$lib/db/db';
import { MemberCache } from '$lib/membership/members';
import { membershipApi } from '$lib/membership/queries';
import { parseRule } from '$lib/rules/parse';
import { NodeId, type Rule } from '$lib/rules/rule';
import { render } from '$lib/sql';
import { definitions, moment, people } from '../../fixtures/people';
import { Population } from '../../fixtures/population';

let population: Population;
beforeAll(async () => {
	population = await Population.open();
	await population.fill(people, definitions);
});
afterAll(() => population.close());

const ordered = (times: number): Rule => {
	const rule = parseRule(
		{
			...{ type: 'group', id: NodeId.parse('root'), match: 'all' },
			children: [times, times + 1].map((n) => ({
				type: 'condition' as const,
				id: NodeId.parse(`n${n}`),
				condition: {
					...{ kind: 'event', types: ['order_placed'], did: true },
					count: { operator: 'atLeast', n }
				}
			}))
		},
		definitions
	);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return rule.value;
};

/** What is asked of the database. */
function watched() {
	const { database } = population;
	const asked: string[] = [];
	const rows: Database['rows'] = (query) => {
		asked.push(JSON.stringify(render(query)));
		return database.rows(query);
	};
	return { asked, ...membershipApi(database, new MemberCache({ ...database, rows })) };
}

test('a newer question of the same asker stops the one under way', async () => {
	const { asked, countFunnel } = watched();
	const older = countFunnel(ordered(1), moment, 'builder');
	const newer = countFunnel(ordered(5), moment, 'builder');
	await expect(older).rejects.toThrow('anew');
	expect((await newer).total).toBe(0);
	// Those of the newer one's two conditions.
	expect(asked.filter((text) => text.includes('order_placed'))).toHaveLength(2);
});

test('questions of others, and of nobody in particular, go on', async () => {
	const { countFunnel } = watched();
	const all = [
		countFunnel(ordered(1), moment),
		countFunnel(ordered(2), moment),
		countFunnel(ordered(3), moment, 'one'),
		countFunnel(ordered(4), moment, 'other')
	];
	expect((await Promise.all(all)).map(({ everyone }) => everyone)).toEqual([5, 5, 5, 5]);
});
