import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AudienceAsk } from '$lib/campaigns/audience/ask';
import { audienceStepIds, type AudienceStepId } from '$lib/campaigns/audience/step';
import type { AudienceLimit } from '$lib/campaigns/audience/source';
import { inList } from '$lib/contacts/within';
import { createApi, type EngineApi } from '$lib/engine/api';
import { definitions, moment } from '../../../fixtures/people';
import { Population, type NamedPerson } from '../../../fixtures/population';

let population: Population;
let api: EngineApi;
beforeAll(async () => {
	population = await Population.open();
	// One for all people there will be: what it keeps of those before must not be told of these.
	api = createApi(population.database, () => {});
}, 60_000);
afterAll(() => population.close());

interface Drawn {
	readonly email: string | undefined;
	readonly consent: 'subscribed' | 'unsubscribed' | 'pending' | undefined;
	readonly archived: boolean;
	readonly lists: readonly string[];
	readonly suppressed: boolean;
	readonly complained: boolean;
	readonly day: number;
}

const seldom = fc.constantFrom(false, false, false, false, false, false, true);
const present = fc.record({
	consent: fc.constantFrom(
		...(['subscribed', 'subscribed', 'subscribed', 'subscribed', 'subscribed'] as const),
		...(['unsubscribed', 'pending', undefined] as const)
	),
	archived: fc.constant(false)
});
const archived = fc.record({
	consent: fc.constantFrom('subscribed', 'unsubscribed', 'unsubscribed'),
	archived: fc.constant(true)
});
const rest = fc.record({
	email: fc.option(
		fc.constantFrom(
			...['ana@x.test', 'Ana@X.test', 'bo@x.test', 'cy@x.test', ' CY@x.test'],
			...['di@x.test', 'ed@x.test', 'flo@x.test', 'gus@x.test', 'hal@x.test']
		),
		{ nil: undefined, freq: 8 }
	),
	lists: fc.constantFrom(['a'], ['a'], ['a', 'a2'], ['a2'], ['a', 'x'], []),
	suppressed: seldom,
	complained: seldom,
	day: fc.integer({ min: 1, max: 3 })
});
const drawn: fc.Arbitrary<Drawn> = fc
	.tuple(rest, fc.oneof({ weight: 5, arbitrary: present }, { weight: 1, arbitrary: archived }))
	.map(([some, other]) => ({ ...some, ...other }));

const limits = fc.option(
	fc.record({
		most: fc.integer({ min: 1, max: 3 }),
		first: fc.constantFrom('lot', 'newest', 'oldest')
	}),
	{ nil: undefined }
) as fc.Arbitrary<AudienceLimit | undefined>;
const holdOuts = fc.option(
	fc.record({ percent: fc.constantFrom(0.5, 30, 62.5), seed: fc.constantFrom('s', 't') }),
	{ nil: undefined }
);

test('every step takes out whom a plain count does', async () => {
	const taken = new Set<AudienceStepId>();
	await fc.assert(
		fc.asyncProperty(
			fc.array(drawn, { minLength: 1, maxLength: 16 }),
			holdOuts,
			limits,
			fc.constantFrom('c1', 'c2'),
			async (people, holdOut, limit, campaign) => {
				await population.fill(people.map(personOf), definitions);
				const list = (id: string) => ({ source: { type: 'list', id } as const, rule: inList(id) });
				const ask: AudienceAsk = {
					...{ campaign, holdOut, limit },
					include: [list('a'), list('a2')],
					exclude: [list('x')]
				};
				const expected = plainly(people, ask);
				const counts = await api.audienceSteps(ask, moment);
				expect(counts.steps).toEqual(
					expected.map(({ step, left, out }) => ({ step, left: left.length, out: out.length }))
				);
				expect(counts.reach).toBe(expected.at(-1)!.left.length);
				for (const { step, left, out } of expected) {
					if (out.length > 0) taken.add(step);
					for (const [side, numbers] of [
						['left', left],
						['out', out]
					] as const) {
						const audience = { ask, step, side };
						const page = await api.contactPage({ audience, offset: 0, limit: 50 }, moment);
						expect(page.contacts.map(({ cno }) => cno)).toEqual([...numbers].reverse());
					}
				}
				const cno = people.length - 1;
				const why = await api.audienceWhy(ask, cno, moment);
				expect(why === null).toBe(people[cno]!.archived);
				if (!why) return;
				const leaving = expected.find(({ left }) => !left.includes(cno))?.step ?? null;
				expect(why.out).toBe(leaving);
			}
		),
		{ numRuns: 40, seed: 2026 }
	);
	// All steps were put to the test.
	expect([...taken].sort()).toEqual(audienceStepIds.filter((step) => step !== 'included').sort());
}, 60_000);

const personOf = (
	{ email, consent, archived, lists, suppressed, complained, day }: Drawn,
	i: number
): NamedPerson => ({
	...{ name: `P${i}`, archived, tags: [] },
	lists: lists.map((id) => ({ id, at: 0 })),
	fields: {
		...(email !== undefined && { email }),
		...(consent !== undefined && { email_consent: consent }),
		created_at: `2024-01-0${day}T00:00:00.000Z`
	},
	events: complained ? [{ type: 'email_complained', at: 0, properties: {} }] : [],
	suppressions: suppressed ? [{ reason: 'manual', at: 0 }] : []
});

/** The same, step by step and contact by contact. */
function plainly(people: readonly Drawn[], { campaign, holdOut, limit }: AudienceAsk) {
	const address = (cno: number) => people[cno]!.email?.trim().toLowerCase();
	const alike = (cno: number) =>
		people.flatMap((other, i) =>
			i === cno || (address(cno) !== undefined && address(i) === address(cno)) ? [i] : []
		);
	const present = (cnos: number[]) => cnos.filter((cno) => !people[cno]!.archived);
	const isIn = (cno: number, list: string) => people[cno]!.lists.includes(list);
	const hash = (seed: string, cno: number) =>
		parseInt(createHash('sha256').update(`${seed}:p${cno}`).digest('hex').slice(0, 8), 16);
	const lot = (cno: number) =>
		parseInt(createHash('sha256').update(`${campaign}:P${cno}`).digest('hex').slice(0, 7), 16);

	let left = present(people.map((_, cno) => cno)).filter(
		(cno) => isIn(cno, 'a') || isIn(cno, 'a2')
	);
	const steps: { step: AudienceStepId; left: number[]; out: number[] }[] = [
		{ step: 'included', left, out: [] }
	];
	const keep = (step: AudienceStepId, stays: (cno: number, among: number[]) => boolean) => {
		const among = left;
		left = among.filter((cno) => stays(cno, among));
		steps.push({ step, left, out: among.filter((cno) => !left.includes(cno)) });
	};
	keep('excluded', (cno) => !isIn(cno, 'x'));
	keep('repeated', (cno, among) => {
		const before = { unsubscribed: 0, subscribed: 1, pending: 2, never: 2 };
		const rank = (other: number) => before[people[other]!.consent ?? 'never'];
		const here = alike(cno).filter((other) => among.includes(other));
		return here.every(
			(other) => rank(cno) < rank(other) || (rank(cno) === rank(other) && cno <= other)
		);
	});
	keep('noAddress', (cno) => address(cno) !== undefined);
	keep(
		'notSubscribed',
		(cno) =>
			people[cno]!.consent === 'subscribed' &&
			!alike(cno).some((other) => people[other]!.consent === 'unsubscribed')
	);
	keep(
		'suppressed',
		(cno) =>
			!alike(cno).some((other) => people[other]!.suppressed) &&
			!present(alike(cno)).some((other) => people[other]!.complained)
	);
	keep('heldOut', (cno) => !holdOut || hash(holdOut.seed, cno) % 10_000 >= holdOut.percent * 100);
	const order = [...left].sort((a, b) => {
		const by = people[a]!.day - people[b]!.day || a - b;
		if (limit?.first === 'newest') return -by;
		return limit?.first === 'oldest' ? by : lot(a) - lot(b) || a - b;
	});
	keep('limited', (cno) => !limit || order.indexOf(cno) < limit.most);
	return steps;
}
