import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import { err, ok, type Result } from '$lib/result';
import type { AskFailure } from './ask';
import { cardsOf, type Card } from './card';
import type { SyncState } from './connection';
import { createTeam, invite, type Newcomer } from './join';
import type { Invitation } from './invitation';
import type { Membership } from './kept';
import type { Peer, Place } from './presence';
import type { Member, Role } from './protocol';
import { rotateKey } from './rotate';
import { tabConnection, type TabConnection } from './tab-connection';

/** A member with what its devices' cards say; `card` is missing where it was sealed with a key this device never had. */
export interface KnownMember extends Omit<Member, 'devices'> {
	readonly isSelf: boolean;
	readonly name: string | undefined;
	readonly devices: readonly (Member['devices'][number] & {
		readonly isThis: boolean;
		readonly known: Card | undefined;
	})[];
}

/** With whom this workspace is shared, and how it stands with their relay. Alone, there is no relay and no request. */
export class Team {
	readonly #tabs: TabConnection;
	#lastMembers: readonly KnownMember[] | undefined;
	readonly #listeners = new Set<() => void>();
	readonly #read = createSubscriber((update) => {
		this.#listeners.add(update);
		return () => this.#listeners.delete(update);
	});

	/** `onchange` is called with everything that changes here. */
	constructor(
		namespace: string,
		doc: Y.Doc,
		membership: Membership | undefined,
		onchange: () => void = () => {}
	) {
		this.#tabs = tabConnection(namespace, doc, membership, () => {
			for (const update of this.#listeners) update();
			onchange();
		});
	}

	/** `undefined` for a workspace that is this device's alone. */
	get membership(): Membership | undefined {
		this.#read();
		return this.#tabs.membership;
	}

	/** `undefined` alone, and before the tab that holds the connection was heard of. */
	get state(): SyncState | undefined {
		this.#read();
		return this.#tabs.standing?.state;
	}

	get role(): Role | undefined {
		this.#read();
		return this.#tabs.standing?.role ?? this.#tabs.membership?.role;
	}

	/** The others who are here now. */
	get peers(): readonly Peer[] {
		this.#read();
		return this.#tabs.standing?.peers ?? [];
	}

	/** As last heard from the relay while this page was open, for when it cannot be asked. */
	get lastMembers(): readonly KnownMember[] | undefined {
		return this.#lastMembers;
	}

	be = (place: Place | undefined): void => this.#tabs.be(place);

	/** Shares this workspace through a relay: from then on others can be invited. */
	async share(
		relay: string,
		who: Newcomer,
		createToken?: string
	): Promise<Result<void, AskFailure>> {
		const made = await createTeam(relay, who, createToken);
		if (!made.ok) return made;
		await this.#tabs.become(made.value);
		return ok(undefined);
	}

	invite = (role: Role): Promise<Result<Invitation, AskFailure>> =>
		this.#asMember(async (membership, ask) => invite(membership, ask, role));

	members = (): Promise<Result<readonly KnownMember[], AskFailure>> =>
		this.#withToken(async (token, membership, ask) => {
			const members = await ask.call('members', { token });
			if (!members.ok) return members;
			const cards = await cardsOf(members.value, membership);
			await this.#tabs.remember(cards);
			this.#lastMembers = members.value.map((member) => knownMember(member, membership, cards));
			return ok(this.#lastMembers);
		});

	invitations = () => this.#withToken(async (token, _, ask) => ask.call('invitations', { token }));

	revoke = (invitation: string) =>
		this.#withToken(async (token, _, ask) => ask.call('revoke', { token, invitation }));

	setRole = (member: string, role: Role) =>
		this.#withToken(async (token, _, ask) => ask.call('setRole', { token, member, role }));

	/**
	 * Removes a member: the relay lets them in no more, and what is written from now on is sealed with a new key. `left`
	 * is how many devices of the others could not be given it; `undefined` where there is no new key yet.
	 */
	remove = (member: string): Promise<Result<{ left: number | undefined }, AskFailure>> =>
		this.#withToken(async (token, _, ask) => {
			const removed = await ask.call('removeMember', { token, member });
			if (!removed.ok) return removed;
			const renewed = await this.renewKey();
			return ok({ left: renewed.ok ? renewed.value.left : undefined });
		});

	/** Seals everything with a new key from now on, which all devices of members are given. `left` as in `remove`. */
	renewKey = (): Promise<Result<{ left: number }, AskFailure>> =>
		this.#withToken(async (token, membership, ask) => {
			const members = await ask.call('members', { token });
			return members.ok ? rotateKey(membership, ask, members.value) : members;
		});

	/** What the relay knows this member by for the next minutes. */
	token = (): Promise<Result<string, AskFailure>> => this.#withToken(async (token) => ok(token));

	/** What the relay can do beside its own work: hand messages to a mail server. */
	capabilities = () =>
		this.#withToken(async (token, _, ask) => ask.call('capabilities', { token }));

	/** Leaves the team. The definitions stay on this device, which is alone with them from then on. */
	async leave(): Promise<Result<void, AskFailure>> {
		const left = await this.#withToken((token, _, ask) => ask.call('leave', { token }));
		if (!left.ok && left.error.type !== 'removed' && left.error.type !== 'unauthorised')
			return left;
		await this.#tabs.become(undefined);
		return ok(undefined);
	}

	/** Goes on alone without asking the relay, also without the key: after it removed this device, or is gone for good. */
	forget = (): Promise<void> => this.#tabs.become(undefined);

	close(): void {
		this.#tabs.close();
	}

	async #asMember<T>(
		work: (
			membership: Membership,
			ask: NonNullable<TabConnection['ask']>
		) => Promise<Result<T, AskFailure>>
	): Promise<Result<T, AskFailure>> {
		const { membership, ask } = this.#tabs;
		if (!membership || !ask) return err({ type: 'unauthorised', message: 'No member of a team.' });
		return work(membership, ask);
	}

	#withToken<T>(
		work: (
			token: string,
			membership: Membership,
			ask: NonNullable<TabConnection['ask']>
		) => Promise<Result<T, AskFailure>>
	): Promise<Result<T, AskFailure>> {
		return this.#asMember(async (membership, ask) => {
			const token = await ask.call('token', { refresh: membership.refresh });
			return token.ok ? work(token.value.token, membership, ask) : token;
		});
	}
}

function knownMember(
	member: Member,
	membership: Membership,
	cards: ReadonlyMap<string, Card>
): KnownMember {
	const devices = member.devices.map((device) => ({
		...device,
		isThis: device.device === membership.device,
		known: cards.get(device.device)
	}));
	return {
		...member,
		devices,
		isSelf: member.member === membership.member,
		name: devices.find(({ known }) => known)?.known?.name
	};
}

export const [getTeam, setTeam] = createContext<Team>();
