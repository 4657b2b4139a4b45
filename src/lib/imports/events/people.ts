import type { Contact } from '$lib/contacts/contact';
import { textKey } from '$lib/text-key';
import type { MergeStart } from '../contacts/contact-merge';
import { emailKeyOf, KnownContacts, type Identity, type Known } from '../contacts/known';
import { newContact } from '../contacts/merge';
import type { RowProblem } from '../problem';
import type { Actor } from './event-merge';

/** Finds the people events are about, and makes those nobody knows, if that is wanted. */
export class People {
	readonly #start: MergeStart;
	readonly #found = new Map<string, Actor | RowProblem>();
	readonly #sharing = new Map<string, readonly Actor[]>();
	#nextCno: number;

	constructor(start: MergeStart) {
		this.#start = start;
		this.#nextCno = start.nextCno;
	}

	/** Numbers of the contacts made so far, from `first` to before `next`. */
	get made(): { first: number; next: number } {
		return { first: this.#start.nextCno, next: this.#nextCno };
	}

	/** Those of these rows' people who were not looked for yet. */
	unmet<I extends Identity>(rows: readonly I[]): I[] {
		const unmet = new Map(rows.map((row) => [keyOf(row), row]));
		for (const key of unmet.keys()) if (this.#found.has(key)) unmet.delete(key);
		return [...unmet.values()];
	}

	/** Matches people to the contacts the database has for them. Gives the contacts that must be made. */
	meet(rows: readonly Identity[], known: readonly Known[]): Contact[] {
		const contacts = new KnownContacts();
		for (const contact of known) contacts.add(contact);
		const created: Contact[] = [];
		for (const row of rows) {
			const match = contacts.match(row, this.#start.match, this.#start.columns);
			if (match.type !== 'new' && match.alike.length > 0) {
				const all = match.type === 'found' ? [match.known, ...match.alike] : [...match.alike];
				// Always the same one comes first: ids of events are made by it.
				this.#sharing.set(
					keyOf(row),
					all.sort((a, b) => a.cno - b.cno)
				);
			}
			if (match.type === 'found') this.#found.set(keyOf(row), match.known);
			else if (match.type === 'problem') this.#found.set(keyOf(row), match.problem);
			else if (this.#start.merging.unknownPeople === 'reject')
				this.#found.set(keyOf(row), this.#unknown(row));
			else {
				const contact = this.#make(row);
				created.push(contact);
				const known = {
					...contact,
					emailKey: emailKeyOf(contact),
					contact,
					tags: new Set<string>(),
					lists: new Set<string>()
				};
				contacts.add(known);
				this.#found.set(keyOf(row), contact);
			}
		}
		return created;
	}

	/** After `meet`. */
	of(row: Identity): Actor | RowProblem {
		return this.#found.get(keyOf(row))!;
	}

	/** All with the address of a row, where it alone does not tell who it was; else nobody. After `meet`. */
	sharing(row: Identity): readonly Actor[] {
		return this.#sharing.get(keyOf(row)) ?? [];
	}

	#make({ email, externalId }: Identity): Contact {
		const { at, source, merging } = this.#start;
		const draft = {
			line: 0,
			values: {},
			...(email === undefined ? {} : { email }),
			...(externalId === undefined ? {} : { externalId })
		};
		const identity = { cno: this.#nextCno++, uid: this.#start.newUid() };
		return newContact(draft, identity, { at, source, merging });
	}

	#unknown({ email, externalId }: Identity): RowProblem {
		const { match, columns } = this.#start;
		return externalId !== undefined && (match === 'id' || email === undefined)
			? { type: 'UnknownPerson', column: columns.externalId, value: externalId }
			: { type: 'UnknownPerson', column: columns.email, value: email ?? '' };
	}
}

const keyOf = ({ email, externalId }: Identity): string =>
	`${externalId ?? ''}\n${email === undefined ? '' : textKey(email)}`;
