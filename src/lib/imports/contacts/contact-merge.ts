import type { Contact } from '$lib/contacts/contact';
import { channels } from '$lib/fields/field';
import type { Mapping, Merging } from '../mapping';
import type { RowProblem } from '../problem';
import { noCounts, type Counts } from '../report';
import type { ContactDraft } from '../rows/contact-draft';
import { isUpgrade, type ConsentState } from '../values/consent';
import {
	emailKeyOf,
	KnownContacts,
	remembrance,
	type IdentityColumns,
	type Known,
	sharedConsents
} from './known';
import {
	mergeContact,
	newContact,
	refusalIn,
	stays,
	type ContactChange,
	type MergeContext,
	type Merged
} from './merge';

export interface MergeStart {
	readonly match: Mapping['match'];
	readonly columns: IdentityColumns;
	/** Tags and lists by id. */
	readonly merging: Merging;
	/** ISO 8601, in UTC. */
	readonly at: string;
	readonly source: string;
	/** The number the first new contact gets. */
	readonly nextCno: number;
	readonly newUid: () => string;
	/**
	 * Whether contacts that are made are remembered rather than found in the database: a dry run does not write them, and
	 * where there was nobody before, looking for each row's contact can be spared.
	 */
	readonly remembers: boolean;
}

/** What a part of the rows comes to: what to write, and which of them are rejected after all. */
export interface MergedPart {
	readonly created: readonly Contact[];
	readonly updated: readonly { readonly contact: Contact; readonly change: ContactChange }[];
	/** Contacts made by an earlier part of this import that got more values. */
	readonly completed: readonly Contact[];
	readonly tags: readonly Membership[];
	readonly lists: readonly Membership[];
	/** By place in the part. */
	readonly rejected: readonly { readonly index: number; readonly problem: RowProblem }[];
}

export interface Membership {
	/** Of the tag or list. */
	readonly id: string;
	readonly cno: number;
	/** ISO 8601, in UTC. Left out: when the import happens. */
	readonly at?: string;
}

/** Takes the rows of contacts part by part and says what becomes of each. */
export class ContactMerge {
	readonly #start: MergeStart;
	readonly #context: MergeContext;
	readonly #firstCno: number;
	#nextCno: number;
	readonly #touched = new Set<number>();
	/** Contacts there were before, whose consent rows of the file have taken back. */
	readonly #refused = new Set<number>();
	readonly #remembered = new KnownContacts();
	#counts: { -readonly [K in keyof Counts]: number } = { ...noCounts };

	constructor(start: MergeStart) {
		this.#start = start;
		this.#context = { merging: start.merging, at: start.at, source: start.source };
		this.#firstCno = start.nextCno;
		this.#nextCno = start.nextCno;
	}

	get counts(): Counts {
		return this.#counts;
	}

	/** Numbers of the contacts made so far, from `first` to before `next`. */
	get made(): { first: number; next: number } {
		return { first: this.#firstCno, next: this.#nextCno };
	}

	/** Numbers of the contacts made so far that these rows could be about. */
	madeFor(drafts: readonly ContactDraft[]): number[] {
		return [
			...new Set(drafts.flatMap((draft) => this.#remembered.fitting(draft).map(({ cno }) => cno)))
		];
	}

	/** `known` are the contacts of the database with an address or id of these drafts. */
	take(drafts: readonly ContactDraft[], known: readonly Known[]): MergedPart {
		const contacts = new KnownContacts();
		for (const contact of known) contacts.add(contact);
		// Who was found with all values must not be hidden by what is only remembered.
		const found = new Set(known.map(({ cno }) => cno));
		for (const draft of drafts)
			for (const contact of this.#remembered.fitting(draft))
				if (!found.has(contact.cno)) contacts.add(contact);

		const part = new Part();
		for (const [index, draft] of drafts.entries()) {
			const match = contacts.match(draft, this.#start.match, this.#start.columns);
			if (match.type === 'problem') {
				this.#counts.rejected++;
				const refused = this.#refuse(match.alike, draft, contacts, part);
				const problem = refused ? { ...match.problem, refused } : match.problem;
				part.rejected.push({ index, problem });
			} else if (match.type === 'new') {
				const made = this.#make(draft);
				contacts.add(made);
				part.created.set(made.cno, made);
				this.#counts.created++;
				this.#enrol(made, draft, part);
			} else {
				this.#meet(match.known, draft, contacts, part);
				this.#refuse(match.alike, draft, contacts, part);
			}
		}
		if (this.#start.remembers)
			for (const made of part.created.values()) this.#remembered.add(remembrance(made));
		return part.result;
	}

	/** A row about a contact there is. */
	#meet(known: Known, draft: ContactDraft, contacts: KnownContacts, part: Part): void {
		const mine = known.cno >= this.#firstCno;
		const repeated = mine || this.#touched.has(known.cno);
		this.#touched.add(known.cno);
		if (!repeated && known.contact?.archivedAt !== undefined) this.#counts.archived++;
		const changed = this.#put(known, draft, contacts, part);
		const leftAlone = this.#start.merging.policy === 'skip' && !mine;
		const enrolled = !leftAlone && known.contact !== undefined && this.#enrol(known, draft, part);
		if (repeated) this.#counts.repeated++;
		else if (changed || enrolled) this.#counts.updated++;
		else this.#counts.unchanged++;
	}

	/** Puts what a row says into a contact there is; gives whether that changes it. */
	#put(known: Known, draft: ContactDraft, contacts: KnownContacts, part: Part): boolean {
		const mine = known.cno >= this.#firstCno;
		const merged = known.contact && mergeContact(known.contact, draft, this.#context);
		if (merged) this.#compareConsent(merged, known.cno, mine);
		else this.#compareRemembered(known, draft);
		if (!merged?.change) return false;
		contacts.move(known, merged.contact);
		part.change(known, merged.change, mine);
		return true;
	}

	/**
	 * What a row refuses counts for everybody it could be about: none of them may be written to because it is not known
	 * who it was. Gives whether it refuses anything.
	 */
	#refuse(
		alike: readonly Known[],
		draft: ContactDraft,
		contacts: KnownContacts,
		part: Part
	): boolean {
		const refusal = alike.length > 0 ? refusalIn(draft) : undefined;
		if (!refusal) return false;
		const changed = alike.filter((known) => this.#put(known, refusal, contacts, part));
		if (changed.length > 0) this.#counts.shared++;
		return true;
	}

	/** Tells what is on record from what the file's own rows say. */
	#compareConsent({ kept, change }: Merged, cno: number, mine: boolean): void {
		const refused = change && refusal(change);
		const ofFile = mine || this.#refused.has(cno);
		if (kept && !ofFile) this.#counts[kept === 'pending' ? 'pendingKept' : 'refusalsKept']++;
		else if (kept || (mine && refused === 'takenBack')) this.#counts.contradicted++;
		if (refused) this.#refused.add(cno);
	}

	/** The same for a contact of which there is no more than what it has agreed to. */
	#compareRemembered(known: Known, draft: ContactDraft): void {
		const { merging } = this.#start;
		const { consent: said = {} } = (merging.policy === 'skip' ? refusalIn(draft) : draft) ?? {};
		const consent = { ...known.consent };
		let contradicts = false;
		for (const { id } of channels) {
			const [from, to] = [consent[id], said[id]];
			if (to === undefined || to === from) continue;
			const kept = stays(from, to, merging);
			contradicts ||= kept || isUpgrade(to, from ?? to);
			if (!kept) consent[id] = to;
		}
		if (contradicts) this.#counts.contradicted++;
		known.consent = sharedConsents(consent);
	}

	/** Whether the row puts the contact into a tag or list it was not in. */
	#enrol(known: Known, draft: ContactDraft, part: Part): boolean {
		const { merging } = this.#start;
		const tags = part.enrol('tags', known, [...(draft.tags ?? []), ...merging.tags]);
		const lists = part.enrol('lists', known, [...(draft.lists ?? []), ...merging.lists]);
		return tags || lists;
	}

	#make(draft: ContactDraft): Known {
		const cno = this.#nextCno++;
		const contact = newContact(draft, { cno, uid: this.#start.newUid() }, this.#context);
		const { uid, externalId } = contact;
		const emailKey = emailKeyOf(contact);
		return { cno, uid, emailKey, externalId, contact, tags: new Set(), lists: new Set() };
	}
}

/** Whether a change refuses a consent, and takes one back that was given. */
function refusal({ before, after }: ContactChange): 'takenBack' | 'refused' | undefined {
	const states = channels
		.map(({ id }) => `${id}_consent`)
		.filter((id) => id in after)
		.map((id) => [before[id] ?? undefined, after[id]] as [ConsentState?, ConsentState?]);
	if (states.some(([from, to]) => from && isUpgrade(to, from))) return 'takenBack';
	return states.some(([, to]) => isUpgrade(to, 'subscribed')) ? 'refused' : undefined;
}

/** What the rows of one part come to, as it grows. */
class Part {
	readonly created = new Map<number, Known>();
	readonly rejected: { index: number; problem: RowProblem }[] = [];
	readonly #changes = new Map<number, { known: Known; change: ContactChange }>();
	readonly #completed = new Map<number, Known>();
	readonly #memberships = { tags: [] as Membership[], lists: [] as Membership[] };

	change(known: Known, change: ContactChange, mine: boolean): void {
		const { cno } = known;
		if (!mine)
			this.#changes.set(cno, { known, change: combined(this.#changes.get(cno)?.change, change) });
		else if (!this.created.has(cno)) this.#completed.set(cno, known);
	}

	enrol(into: 'tags' | 'lists', known: Known, ids: readonly string[]): boolean {
		let any = false;
		for (const id of ids) {
			if (known[into].has(id)) continue;
			known[into].add(id);
			this.#memberships[into].push({ id, cno: known.cno });
			any = true;
		}
		return any;
	}

	get result(): MergedPart {
		// All of them have their values: what is only remembered is not changed.
		const contactOf = ({ contact }: Known) => contact!;
		return {
			created: [...this.created.values()].map(contactOf),
			updated: [...this.#changes.values()].map(({ known, change }) => ({
				contact: contactOf(known),
				change
			})),
			completed: [...this.#completed.values()].map(contactOf),
			...this.#memberships,
			rejected: this.rejected
		};
	}
}

/** Two changes of one contact as one: as it was before the first, as it is after the second. */
function combined(first: ContactChange | undefined, second: ContactChange): ContactChange {
	return first
		? { before: { ...second.before, ...first.before }, after: { ...first.after, ...second.after } }
		: second;
}
