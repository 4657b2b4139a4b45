import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { addressOf, eventsOf, peopleOf, type DataSize } from './data';

/** Writes the people to a CSV file. Gives how many bytes. */
export function writeContacts(path: string, size: DataSize, now: number): Promise<number> {
	return writeLines(path, function* () {
		yield 'Email,First name,Last name,Phone,Country,City,Postcode,Language,Email consent,Consent date,Created,Birthday,Plan,Points,Tags,Lists';
		for (const { firstName, lastName, createdAt, tags, lists, ...one } of peopleOf(size, now))
			yield [
				...[one.email, firstName, lastName, one.phone, one.country, one.city, one.postcode],
				...[one.language, one.consent, createdAt, createdAt, one.birthday, one.plan, one.points],
				...[tags.join(';'), lists.join(';')]
			].join(',');
	});
}

/** Writes the events to a CSV file. Gives how many bytes. */
export function writeEvents(path: string, size: DataSize, now: number): Promise<number> {
	return writeLines(path, function* () {
		yield 'Event id,Email,Event,Time,Campaign,Total';
		for (const { id, person, name, at, campaign, total } of eventsOf(size, now))
			yield `${id},${addressOf(person)},${name},${at},${campaign},${total}`;
	});
}

/** Gives how many bytes. */
export async function writeLines(path: string, lines: () => Iterable<string>): Promise<number> {
	const file = createWriteStream(path);
	let part = '';
	for (const line of lines()) {
		part += `${line}\n`;
		if (part.length < 1 << 20) continue;
		if (!file.write(part)) await once(file, 'drain');
		part = '';
	}
	file.end(part);
	await finished(file);
	return file.bytesWritten;
}
