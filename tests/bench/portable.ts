import { Random } from '../../src/lib/sample/random';
import type { PortableContact, PortableEvent } from '../../src/lib/portable/people';
import { writeLines } from './csv';
import { eventsOf, peopleOf, typeIds, type BenchEvent, type DataSize } from './data';
import { shellSegments } from './shell-segments';

const uid = (person: number) => `u${person}`;
const named = (name: string) => ({ id: name, name });

/** Writes the same people and events as a workspace of segments, a line each. Gives how many bytes. */
export function writeWorkspace(path: string, size: DataSize, now: number): Promise<number> {
	const workspace = {
		zone: 'Europe/Zurich',
		fields: [
			{ id: 'birthday', name: 'Birthday', type: 'date' },
			{ id: 'plan', name: 'Plan', type: 'text' },
			{ id: 'points', name: 'Points', type: 'number' }
		],
		tags: ['vip', 'wholesale', 'beta', 'autumn'].map(named),
		lists: Array.from({ length: 10 }, (_, i) => named(`List ${i + 1}`)),
		segments: shellSegments
	};
	return writeLines(path, function* () {
		yield JSON.stringify({ format: 'winnow', version: 1 });
		yield JSON.stringify({ workspace });
		let cno = 0;
		for (const { firstName, lastName, createdAt, ...one } of peopleOf(size, now)) {
			const { email, consent, tags, lists, ...fields } = one;
			const contact: PortableContact = {
				...{ uid: uid(cno++), email, tags: [...tags], lists: [...lists] },
				fields: { ...fields, first_name: firstName, last_name: lastName, created_at: createdAt },
				consent: { email: { state: consent, at: createdAt } }
			};
			yield JSON.stringify({ contact });
		}
		const random = new Random(9);
		for (const event of eventsOf(size, now))
			yield JSON.stringify({ event: portable(event, random) });
	});
}

/** With what the pages of the app ask of a file of its own: which currency, which link, whether by a machine. */
function portable({ id, person, name, at, campaign, total }: BenchEvent, random: Random) {
	const type = typeIds[name];
	const event: PortableEvent = {
		...{ id, contact: uid(person), type, at },
		...(campaign ? { ref: campaign } : {}),
		...(total ? { value: Number(total) } : {}),
		properties: {
			...(total ? { currency: random.chance(0.7) ? 'CHF' : 'EUR' } : {}),
			...(name === 'Opened email' && random.chance(0.1) ? { machine: true } : {}),
			...(name === 'Clicked email' ? { link: `/offer/${random.whole(1, 40)}` } : {})
		}
	};
	return event;
}
