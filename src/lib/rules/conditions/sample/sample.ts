import * as z from 'zod/mini';
import { sayValue } from '$lib/fields/say';
import { sha256 } from '$lib/sha256';
import { sql } from '$lib/sql';
import { value } from '../../phrase';
import { defineKind, type Compiled } from '../kind';

/** A percentage with two decimals at most, since there are ten thousand buckets. */
const Percent = z.number({ error: 'Type a percentage.' }).check(
	z.gte(0, { error: 'A percentage is not below 0.' }),
	z.lte(100, { error: 'A percentage is not above 100.' }),
	z.refine((percent) => Math.abs(bucketAt(percent) - percent * 100) < 1e-6, {
		error: 'Type a percentage with two decimals at most.'
	})
);

export const SampleCondition = z
	.object({
		kind: z.literal('sample'),
		in: z.boolean(),
		/** Another seed, other people. */
		seed: z.string().check(
			z.refine((seed) => /^[^\p{Cc}\p{Cs}]{1,100}$/u.test(seed) && seed.trim() === seed, {
				error: 'Type a word by which the sample is drawn.'
			})
		),
		from: Percent,
		to: Percent
	})
	.check(
		z.refine(({ from, to }) => from < to, {
			error: 'The first percentage must be below the second.'
		})
	);
export type SampleCondition = z.infer<typeof SampleCondition>;

/**
 * A stable share of contacts: who is in it depends on the seed and on nothing that changes. Shares of one seed that do not
 * overlap have nobody in common.
 */
export const sample = defineKind<SampleCondition, Compiled<SampleCondition>>({
	kind: 'sample',
	definition: 'A share of contacts that stays the same, drawn by a seed.',
	sign: () => 'everyone',
	schema: SampleCondition,
	reads: ['contact'],
	references: () => [],
	problems: () => [],

	compile({ in: inside, seed, from, to }) {
		// Lower case of ASCII alone, which is what uids are made of: `lower` differs from server to server.
		const uid = sql`translate(uid, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`;
		const hash = sql`sha256(convert_to(${`${seed}:`} || ${uid}, 'UTF8'))`;
		// Each mention of the hash is worked out anew, so there is but one: its first four bytes, by their hexadecimal digits.
		const bucket = sql`('x' || left(encode(${hash}, 'hex'), 8))::bit(32)::int8 % 10000`;
		return {
			select: sql`select cno from contact where int8range(${bucketAt(from)}::int8, ${bucketAt(to)}::int8) @> (${bucket})`,
			negated: !inside
		};
	},

	holds({ in: inside, seed, from, to }, { uid }) {
		const bucket = bucketOf(seed, uid);
		return (bucketAt(from) <= bucket && bucket < bucketAt(to)) === inside;
	},

	explain: ({ in: inside, seed, from, to }) => [
		inside ? 'is in the stable sample ' : 'is not in the stable sample ',
		value(sayShare(from, to)),
		' of ',
		value(`“${seed}”`)
	],

	choices: () => [
		{
			label: 'Stable sample',
			group: 'Everyone',
			aliases: ['random', 'share', 'percent', 'A/B test', 'split'],
			condition: { kind: 'sample', in: true, seed: 'sample', from: 0, to: 10 }
		},
		{
			label: 'Not in the hold-out',
			group: 'Everyone',
			aliases: ['control group', 'holdout', 'sample'],
			condition: { kind: 'sample', in: false, seed: 'hold-out', from: 0, to: 10 }
		}
	],

	opposite: (condition) => ({ ...condition, in: !condition.in })
});

/** The bucket of a contact, from 0 to 9,999. */
export function bucketOf(seed: string, uid: string): number {
	const small = uid.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
	return sha256(new TextEncoder().encode(`${seed}:${small}`))[0]! % 10_000;
}

/** The first bucket from a percentage on. */
const bucketAt = (percent: number): number => Math.round(percent * 100);

/** "0 % to 10 %" */
export const sayShare = (from: number, to: number): string =>
	`${sayValue(from, undefined)} % to ${sayValue(to, undefined)} %`;
