import type { Contact } from '../../../src/lib/contacts/contact';
import { standardFields, type Field, type Fields } from '../../../src/lib/fields/field';
import { contactLine, escaped } from '../../../src/lib/imports/contacts/copy-line';
import { eventsOf, peopleOf, typeIds, type BenchPerson, type DataSize } from '../data';
import { BinaryRows } from './binary-rows';
import { moment } from './moment';
import { typeNo } from './tables';

/** The same people and events as files for COPY into Winnow's own tables. */

const own: readonly Field[] = [
	{ id: 'birthday', name: 'Birthday', type: 'date' },
	{ id: 'plan', name: 'Plan', type: 'text' },
	{ id: 'points', name: 'Points', type: 'number' }
];
export const fields: Fields = new Map(
	[...standardFields, ...own].map((field) => [field.id, field])
);

export type WinnowTable = 'contact' | 'contact_tag' | 'list_member' | 'event' | 'ref';

export interface Piece {
	readonly table: WinnowTable;
	readonly file: Blob;
	readonly isBinary?: true;
}

/** A piece is of one table, and of a few megabytes. */
const pieceLength = 8e6;

export function* piecesOfPeople(size: DataSize): Generator<Piece> {
	const texts = { contact: '', contact_tag: '', list_member: '' };
	let cno = 0;
	for (const person of peopleOf(size, moment.now)) {
		texts.contact += contactLine(contactOf(person, cno), fields);
		for (const tag of person.tags) texts.contact_tag += `${tag}\t${cno}\t${person.createdAt}\n`;
		for (const list of person.lists) texts.list_member += `${list}\t${cno}\t${person.createdAt}\n`;
		cno++;
		for (const table of ['contact', 'contact_tag', 'list_member'] as const) {
			if (texts[table].length < pieceLength) continue;
			yield { table, file: new Blob([texts[table]]) };
			texts[table] = '';
		}
	}
	for (const table of ['contact', 'contact_tag', 'list_member'] as const)
		yield { table, file: new Blob([texts[table]]) };
}

function contactOf(person: BenchPerson, cno: number): Contact {
	const { email, firstName, lastName, phone, country, city, postcode, language } = person;
	const { consent, createdAt, birthday, plan, points } = person;
	return {
		...{ cno, uid: `u${cno}`, externalId: undefined, archivedAt: undefined },
		values: {
			...{ email, first_name: firstName, last_name: lastName, phone, country, city, postcode },
			...{ language, email_consent: consent, email_consent_at: createdAt, created_at: createdAt },
			...(birthday ? { birthday } : {}),
			...{ plan, points }
		}
	};
}

/** References get their numbers in the order they come in, and are written at the end. */
export function* piecesOfEvents(size: DataSize): Generator<Piece> {
	const refs = new Map<string, number>();
	const begin = () => new BinaryRows(pieceLength + 200);
	let rows = begin();
	let no = 0;
	for (const { id, person, name, at, campaign, total } of eventsOf(size, moment.now)) {
		let ref = refs.get(campaign);
		if (campaign !== '' && ref === undefined) refs.set(campaign, (ref = refs.size + 1));
		rows
			.row(7)
			.int8(++no)
			.text(id)
			.int4(person)
			.int4(typeNo[typeIds[name]])
			.timestamptz(Date.parse(at))
			.int4(ref)
			.float8(total === '' ? undefined : Number(total));
		if (rows.length < pieceLength) continue;
		yield { table: 'event', file: rows.end(), isBinary: true };
		rows = begin();
	}
	yield { table: 'event', file: rows.end(), isBinary: true };
	const lines = [...refs].map(
		([text, no]) => `${no}\t${escaped(text)}\t${escaped(text.toLowerCase())}\n`
	);
	yield { table: 'ref', file: new Blob(lines) };
}
