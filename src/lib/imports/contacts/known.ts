import type { Contact } from '$lib/contacts/contact';
import { textKey } from '$lib/text-key';
import type { ContactDraft } from '../rows/contact-draft';
import type { RowProblem } from '../problem';
import type { ConsentState } from '../values/consent';

type Consents = { readonly [channel in 'email' | 'sms']?: ConsentState | undefined };

/** A contact as far as rows are matched to it. */
export interface Known {
	readonly cno: number;
	readonly uid: string;
	emailKey: string | undefined;
	externalId: string | undefined;
	/** Absent where only its being there is remembered: it was made by an earlier part of this import. */
	contact: Contact | undefined;
	/** What a contact that is only remembered has agreed to. */
	consent?: Consents;
	/** Ids of the tags and lists it is in. */
	readonly tags: Set<string>;
	readonly lists: Set<string>;
}

export type Identity = Pick<ContactDraft, 'email' | 'externalId'>;

export type Match =
	| { readonly type: 'new' }
	/** `alike` are archived ones that it could be as well. */
	| { readonly type: 'found'; readonly known: Known; readonly alike: readonly Known[] }
	/** `alike` are all who have the address of the row. */
	| { readonly type: 'problem'; readonly problem: WhoProblem; readonly alike: readonly Known[] };

type WhoProblem = Extract<RowProblem, { readonly type: 'Ambiguous' | 'IdTaken' }>;

const none: Set<string> = new Set();

/** The same object for all that agreed to the same. */
const consents = new Map<string, Consents>();

export function sharedConsents({ email, sms }: Consents): Consents {
	const key = `${email} ${sms}`;
	const known = consents.get(key) ?? { ...(email && { email }), ...(sms && { sms }) };
	consents.set(key, known);
	return known;
}

/** A contact without its values: there may be a million of them. Nothing may be added to its tags and lists. */
export const remembrance = ({ cno, emailKey, externalId, contact }: Known): Known => ({
	...{ cno, emailKey, externalId },
	uid: '',
	contact: undefined,
	consent: sharedConsents({
		email: contact?.values.email_consent as ConsentState | undefined,
		sms: contact?.values.sms_consent as ConsentState | undefined
	}),
	tags: none,
	lists: none
});

/** Names of the columns that say who a row is about, for problems. */
export interface IdentityColumns {
	readonly email: string;
	readonly externalId: string;
}

/**
 * The contacts a part of a file can be about. A row is matched by its id where one was chosen to match by, else, or if
 * nobody has that id, by its address among those without another id. Where the address is what counts, the id tells only
 * of rows and contacts without one. Of several with an address it is the one that is not archived, if there is just one.
 */
export class KnownContacts {
	readonly #byEmail = new Map<string, Known[]>();
	readonly #byId = new Map<string, Known>();

	add(known: Known): void {
		if (known.externalId !== undefined) this.#byId.set(known.externalId, known);
		if (known.emailKey === undefined) return;
		const sharing = this.#byEmail.get(known.emailKey);
		if (!sharing) this.#byEmail.set(known.emailKey, [known]);
		else if (!sharing.some(({ cno }) => cno === known.cno)) sharing.push(known);
	}

	/** After a row changed its address or id. */
	move(known: Known, contact: Contact): void {
		const emailKey = emailKeyOf(contact);
		if (known.externalId !== undefined && known.externalId !== contact.externalId)
			this.#byId.delete(known.externalId);
		if (known.emailKey !== undefined && known.emailKey !== emailKey) {
			const others = this.#byEmail.get(known.emailKey)!.filter(({ cno }) => cno !== known.cno);
			this.#byEmail.set(known.emailKey, others);
		}
		known.contact = contact;
		known.emailKey = emailKey;
		known.externalId = contact.externalId;
		this.add(known);
	}

	/** Everybody a row could be about. */
	fitting({ email, externalId }: Identity): Known[] {
		const owner = externalId === undefined ? undefined : this.#byId.get(externalId);
		const sharing = email === undefined ? undefined : this.#byEmail.get(textKey(email));
		return [...(owner ? [owner] : []), ...(sharing ?? [])];
	}

	match(draft: Identity, by: 'email' | 'id', columns: IdentityColumns): Match {
		const { email, externalId } = draft;
		const owner = externalId === undefined ? undefined : this.#byId.get(externalId);
		// Without an address only the id can tell.
		if (owner && (by === 'id' || email === undefined)) return found(owner);

		const sharing = email === undefined ? [] : (this.#byEmail.get(textKey(email)) ?? []);
		const fitting =
			by === 'id' && externalId !== undefined
				? sharing.filter((known) => known.externalId === undefined)
				: sharing;
		const current = fitting.filter(({ contact }) => contact?.archivedAt === undefined);
		const [known, another] = current.length === 1 ? current : fitting;
		if (another)
			return {
				type: 'problem',
				problem: { type: 'Ambiguous', column: columns.email, value: email! },
				alike: fitting
			};
		if (by === 'email' && owner && owner.cno !== known?.cno) {
			// Nobody's address, and somebody of this id without one: it is theirs.
			if (!known && owner.emailKey === undefined) return found(owner);
			return {
				type: 'problem',
				problem: { type: 'IdTaken', column: columns.externalId, value: externalId! },
				alike: fitting
			};
		}
		if (!known) return { type: 'new' };
		return found(
			known,
			fitting.filter((one) => one !== known)
		);
	}
}

const found = (known: Known, alike: readonly Known[] = []): Match => ({
	type: 'found',
	known,
	alike
});

export function emailKeyOf({ values }: Pick<Contact, 'values'>): string | undefined {
	const { email } = values;
	return typeof email === 'string' ? textKey(email) || undefined : undefined;
}
