import type { Known } from '$lib/imports/contacts/known';
import { textKey } from '$lib/text-key';
import type { PortableContact } from './people';

/**
 * Finds who of those here a contact of a file is: by uid, else by external id, else by address. Several contacts may have
 * one address, so by that each is found once, and never one whom the file has under a uid of its own.
 */
export class Match {
	/** All of the file. */
	readonly #uids: ReadonlySet<string>;
	readonly #taken = new Set<number>();

	constructor(uids: ReadonlySet<string>) {
		this.#uids = uids;
	}

	/** `known` are those here with a uid, external id or address of these contacts. */
	among(known: readonly Known[]): (contact: PortableContact) => Known | undefined {
		const byUid = new Map(known.map((one) => [one.uid, one]));
		const byId = new Map(known.map((one) => [one.externalId, one]));
		const byEmail = new Map<string | undefined, Known[]>();
		for (const one of [...known].sort((a, b) => a.cno - b.cno))
			byEmail.set(one.emailKey, [...(byEmail.get(one.emailKey) ?? []), one]);
		const isFree = ({ cno, uid }: Known) => !this.#taken.has(cno) && !this.#uids.has(uid);
		return ({ uid, externalId, email }) => {
			const sharing = email ? byEmail.get(textKey(email)) : undefined;
			const found =
				byUid.get(uid) ??
				(externalId ? byId.get(externalId) : undefined) ??
				// Two ids are two people, whatever address they share.
				sharing?.find((one) => isFree(one) && !(externalId && one.externalId));
			if (found) this.#taken.add(found.cno);
			return found;
		};
	}
}
