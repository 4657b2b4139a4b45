import type { Bitmap } from '$lib/bitmap';
import { ContactOrders } from '$lib/contacts/order';
import type { Database } from '$lib/db/db';
import { setsOf } from '$lib/membership/evaluate';
import type { MemberCache } from '$lib/membership/members';
import type { Moment } from '$lib/time/moment';
import type { AudienceAsk } from './ask';
import { KnownLots } from './lots';
import { byCreation } from './queries';
import type { AudiencePart } from './step';
import { KnownTwins } from './twins';
import {
	audienceSets,
	stepOf,
	waterfall,
	type AudienceData,
	type AudienceSets,
	type AudienceStep
} from './waterfall';

/** Audiences made of the answers that are kept. Exact, and of the data as it is now. */
export class KnownAudiences {
	readonly #cache: MemberCache;
	readonly #twins: KnownTwins;
	readonly #lots: KnownLots;
	readonly #orders: ContactOrders;

	constructor(database: Database, cache: MemberCache) {
		this.#cache = cache;
		this.#twins = new KnownTwins(database);
		this.#lots = new KnownLots(database);
		this.#orders = new ContactOrders(database);
	}

	async data(moment: Moment): Promise<AudienceData> {
		const members = await this.#cache.at(moment);
		return {
			everyone: members.everyone,
			setsOf: (rules) => setsOf(rules, members),
			twins: () => this.#twins.all(),
			order: (first, campaign) =>
				first === 'lot' ? this.#lots.order(campaign) : this.#orders.at(byCreation(first))
		};
	}

	/** Every step of an audience, with the sets it is made of. */
	async at(
		ask: AudienceAsk,
		moment: Moment
	): Promise<{ data: AudienceData; sets: AudienceSets; steps: readonly AudienceStep[] }> {
		const data = await this.data(moment);
		const sets = await audienceSets(ask, data);
		return { data, sets, steps: waterfall(sets) };
	}

	/** Those whom a step leaves or takes out. */
	async part({ ask, step, side }: AudiencePart, moment: Moment): Promise<Bitmap> {
		return stepOf((await this.at(ask, moment)).steps, step)[side];
	}
}
