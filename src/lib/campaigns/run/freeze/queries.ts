import { Bitmap } from '$lib/bitmap';
import { countsOf, tablesAt } from '$lib/campaigns/audience/queries';
import { audienceSets, reachOf, waterfall } from '$lib/campaigns/audience/waterfall';
import type { Queryable } from '$lib/db/db';
import type { Rule } from '$lib/rules/rule';
import { sql } from '$lib/sql';
import { definitionHash } from '../frozen';
import type { CampaignRun, FreezeAsk, Frozen, RunCheck } from '../run';

/**
 * Evaluates an audience anew and keeps it, with what each of its people gets. All as of one instant, so in one
 * transaction: two seconds for a hundred thousand.
 */
export async function freeze(tx: Queryable, asked: FreezeAsk): Promise<CampaignRun> {
	const { run: id, campaign, ref, how, ask, variants, definition, names, moment } = asked;
	const data = await tablesAt(tx, moment);
	const sets = await audienceSets(ask, data);
	const steps = waterfall(sets);
	const audience = reachOf(steps);
	const frozen: Frozen = {
		...{ definition, ask, variants, names, moment },
		counts: countsOf(sets, steps, data.everyone),
		covers: 'variants'
	};
	const at = new Date(moment.now).toISOString();
	await insertRecipients(tx, id, at, audience, {
		variants: await chosenBy(audience, variants, data.setsOf),
		sources: Array.from(audience, (cno) => placesOf(cno, sets.include))
	});
	const { hash, recipients } = await hashOf(tx, id, frozen);
	const run = { ...{ id, campaign, ref, at, how, frozen, hash }, reach: recipients };
	await tx.run(sql`
		insert into campaign_run(id, campaign, ref, at, how, frozen, reach, hash, state)
		values (${id}, ${campaign}, ${ref}, ${at}::timestamptz, ${how}, ${JSON.stringify(frozen)}::jsonb, ${recipients}::int, ${hash}, 'frozen')`);
	return { ...run, state: 'frozen' };
}

/** What is kept of an audience, hashed again. Those erased since are in it by the hashes of their uids. */
export async function checkOf(
	database: Queryable,
	{ id, frozen, reach, hash }: CampaignRun
): Promise<RunCheck> {
	const now = await hashOf(database, id, frozen);
	return { ...now, holds: now.hash === hash && now.recipients === reach };
}

async function hashOf(
	database: Queryable,
	run: string,
	frozen: Frozen
): Promise<Omit<RunCheck, 'holds'>> {
	const each =
		frozen.covers === 'variants'
			? sql`uid_hash || convert_to(variants::text, 'UTF8')`
			: sql`uid_hash`;
	const [row] = await database.rows<{ hash: string; recipients: number; erased: number }>(sql`
		select
			encode(sha256(coalesce(string_agg(${each}, ''::bytea order by uid_hash), ''::bytea) || ${definitionHash(frozen)}::bytea), 'hex') as hash,
			count(*)::int as recipients,
			(count(*) filter (where uid is null))::int as erased
		from campaign_recipient
		where run = ${run} and (uid is null or uid_hash = sha256(convert_to(uid, 'UTF8')))`);
	return row!;
}

/** For each contact of an audience, in order, what it gets of each dynamic block: the first variant that holds for it. */
async function chosenBy(
	audience: Bitmap,
	variants: readonly (readonly Rule[])[],
	setsOf: (rules: readonly Rule[]) => Promise<readonly Bitmap[]>
): Promise<readonly (readonly number[])[]> {
	const blocks: (readonly Bitmap[])[] = [];
	for (const rules of variants) blocks.push(await setsOf(rules));
	return Array.from(audience, (cno) => blocks.map((sets) => sets.findIndex((set) => set.has(cno))));
}

/** Which of these sets have a contact, from 0 on. */
const placesOf = (cno: number, sets: readonly Bitmap[]): readonly number[] =>
	sets.flatMap((set, i) => (set.has(cno) ? i : []));

/** What they get and where they are from is one of few, so each row names but which. */
async function insertRecipients(
	tx: Queryable,
	run: string,
	at: string,
	audience: Bitmap,
	of: Readonly<Record<'variants' | 'sources', readonly (readonly number[])[]>>
): Promise<void> {
	const variants = eachOnce(of.variants);
	const sources = eachOnce(of.sources);
	await tx.run(sql`
		insert into campaign_recipient(run, place, cno, uid, uid_hash, address, variants, sources, status, status_at)
		select ${run}, place - 1, contact.cno, uid, sha256(convert_to(uid, 'UTF8')), btrim(email),
			(${variants.arrays}::text[])[variant]::int[], (${sources.arrays}::text[])[source]::int[], 'frozen', ${at}::timestamptz
		from unnest(${[...audience]}::int[], ${variants.which}::int[], ${sources.which}::int[]) with ordinality as one(cno, variant, source, place)
		join contact on contact.cno = one.cno`);
}

/** Every list once, as an array of the database, and by contact which of them it is, from 1 on. */
function eachOnce(lists: readonly (readonly number[])[]): { arrays: string[]; which: number[] } {
	const known = new Map<string, number>();
	const which = lists.map((numbers) => {
		const text = `{${numbers.join(',')}}`;
		const no = known.get(text) ?? known.size + 1;
		known.set(text, no);
		return no;
	});
	return { arrays: [...known.keys()], which };
}
