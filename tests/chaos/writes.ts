import type { Page } from 'playwright-core';
import type { Found } from './found';
import type { KeptPerson } from './lab/kept';
import type { Acknowledged } from './lab/lab';
import type { World } from './world';

/** The people somebody has been writing about, one after another, and how far they have come. */
export interface Author {
	readonly prefix: string;
	/** The number of the next person nobody has begun to write about. */
	next: number;
}

/** Lets a page write for as long as it lives. */
export function live(page: Page, { prefix, next }: Author): void {
	page
		.evaluate(([prefix, next]) => window.chaos.live(prefix, next), [prefix, next] as const)
		.catch(() => {}); // it is killed, sooner or later
}

/**
 * Looks whether what was acknowledged is there, and all else whole or not at all; asks for everything that was begun
 * once more, and looks whether all of it is there once.
 */
export async function checkWrites(
	page: Page,
	world: World,
	author: Author,
	found: Found
): Promise<void> {
	const { prefix } = author;
	const mine = world.acknowledged.filter(({ uid }) => uid.startsWith(prefix));
	const people = await keptPeople(page, prefix);
	lookForLost(mine, people, await documented(page, found), found);
	for (const person of people.values()) lookForHalf(person, found);

	const numbers = [...mine.map(({ uid }) => uid), ...people.keys()].map((uid) =>
		Number(uid.slice(prefix.length))
	);
	const last = Math.max(author.next - 1, ...numbers);
	const open = Array.from({ length: last - author.next + 1 }, (_, i) => prefix + (author.next + i));
	await page.evaluate(async (uids) => {
		for (const uid of uids) await window.chaos.write(uid);
	}, open);
	const after = await keptPeople(page, prefix);
	const documents = await documented(page, found);
	for (const uid of open) {
		if (!isWholeOnce(after.get(uid)))
			found.half.push(`${uid}, asked again, is ${said(after.get(uid))}`);
		if (!documents.has(uid)) found.lost.push(`the tag of ${uid}`);
	}
	author.next = last + 1;
	const isNew = new Set(open);
	const answered = mine.filter(({ uid }) => isNew.has(uid)).length;
	found.notes.push(
		`${answered} new writes acknowledged, ${mine.length} in all; ${open.length} people asked again`
	);
}

async function keptPeople(page: Page, prefix: string): Promise<Map<string, KeptPerson>> {
	const people = await page.evaluate(
		(prefix) => window.chaos.engine.call('keptPeople', prefix),
		prefix
	);
	return new Map(people.map((person) => [person.uid, person]));
}

async function documented(page: Page, found: Found): Promise<ReadonlySet<string>> {
	const { tags, setAside } = await page.evaluate(() => window.chaos.documented());
	if (setAside > 0) found.corrupt.push(`${setAside} changes of the document do not read`);
	return new Set(tags);
}

function lookForLost(
	acknowledged: readonly Acknowledged[],
	people: ReadonlyMap<string, KeptPerson>,
	documents: ReadonlySet<string>,
	found: Found
): void {
	for (const { uid, step } of acknowledged) {
		const isThere = step === 'document' ? documents.has(uid) : wrote(people.get(uid), step);
		if (!isThere) found.lost.push(`${step} of ${uid}`);
	}
}

/** What a write has left, apart from the note that it was done. */
function wrote(person: KeptPerson | undefined, step: string): boolean {
	if (!person) return false;
	switch (step) {
		case 'add':
			return person.contacts === 1 && person.tags === 1 && person.lists === 1;
		case 'event':
			return person.events === 1;
		case 'edit':
			return person.city === person.uid;
		default:
			return person.hits === 1;
	}
}

const steps = ['add', 'event', 'edit', 'hit'] as const;

/** A write and the note that it was done are there together, or neither is; nothing is there twice. */
function lookForHalf(person: KeptPerson, found: Found): void {
	const { uid, contacts, tags, lists, events, hits, applied } = person;
	for (const step of steps)
		if (applied.includes(step) !== wrote(person, step))
			found.half.push(`${step} of ${uid}: ${said(person)}`);
	const isNobody = contacts === 0 && tags + lists + events + hits > 0;
	if (isNobody || Math.max(contacts, tags, lists, events, hits) > 1)
		found.half.push(`${uid}: ${said(person)}`);
}

const isWholeOnce = (person: KeptPerson | undefined): boolean =>
	person !== undefined &&
	person.applied.length === steps.length &&
	steps.every((step) => wrote(person, step));

const said = (person: KeptPerson | undefined): string => JSON.stringify(person ?? 'not there');
