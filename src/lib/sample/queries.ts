import { rowOf } from '$lib/contacts/contact';
import { putContacts } from '$lib/contacts/queries';
import type { Database, Queryable } from '$lib/db/db';
import type { Publish } from '$lib/engine/protocol';
import { eventRowOf, type ContactEvent } from '$lib/events/contact-event';
import { builtInEventTypes } from '$lib/events/event-type';
import { mergeEvents } from '$lib/events/queries';
import { standardFields, type Field } from '$lib/fields/field';
import { sql } from '$lib/sql';
import { sampleJob } from './made';
import { sampleFields } from './definitions';
import { contactOfPerson, iso, type SamplePerson } from './people';

/** Makes the same people every time. */
const seed = 20260115;

const fields = new Map<string, Field>(
	[...standardFields, ...sampleFields].map((field) => [field.id, field])
);
const eventTypes = new Map(builtInEventTypes.map((type) => [type.id, type]));

/** What the worker does for the sample workspace. `publish` hears how far it is. */
export function sampleApi(database: Database, publish: Publish = () => {}) {
	const tell = (done: number) => publish({ type: 'progress', job: sampleJob, done, total: steps });
	return {
		/** Fills an empty database with the sample as of `now`, in epoch milliseconds. Does nothing to any other. */
		async loadSample(now: number): Promise<boolean> {
			if (!(await isEmpty(database))) return false;
			tell(0);
			const { generateSample } = await import('./generate');
			const { people, events } = generateSample({ now, seed });
			tell(1);
			const loaded = await database.bulk(async (tx) => {
				// Another tab may have been quicker.
				if (!(await isEmpty(tx))) return false;
				await putContacts(
					tx,
					people.map((person) => rowOf(contactOfPerson(person), fields))
				);
				tell(2);
				await putTags(tx, people);
				await putMembers(tx, people);
				tell(3);
				await putEvents(tx, events);
				tell(6);
				return true;
			});
			for (const table of tables) await database.run(sql`vacuum (analyze) ${table}`);
			tell(steps);
			return loaded;
		}
	};
}

/** Of about the same length: making people up, storing them, their tags and lists, three for their events, cleaning up. */
const steps = 7;

// Nobody else cleans up behind a bulk load, and counts are slow until somebody has.
const tables = [sql`contact`, sql`contact_tag`, sql`list_member`, sql`event`];

async function isEmpty(database: Queryable): Promise<boolean> {
	const found = await database.rows(sql`select cno from contact limit 1`);
	return found.length === 0;
}

function putTags(tx: Queryable, people: readonly SamplePerson[]): Promise<number> {
	const rows = people.flatMap(({ cno, tags }) => tags.map(({ tag, at }) => ({ tag, cno, at })));
	return tx.run(
		sql`insert into contact_tag select * from unnest(${rows.map(({ tag }) => tag)}::text[], ${rows.map(({ cno }) => cno)}::int[], ${rows.map(({ at }) => iso(at))}::timestamptz[])`
	);
}

function putMembers(tx: Queryable, people: readonly SamplePerson[]): Promise<number> {
	const rows = people.flatMap(({ cno, lists }) => lists.map(({ list, at }) => ({ list, cno, at })));
	return tx.run(
		sql`insert into list_member select * from unnest(${rows.map(({ list }) => list)}::text[], ${rows.map(({ cno }) => cno)}::int[], ${rows.map(({ at }) => iso(at))}::timestamptz[])`
	);
}

/** Through a table, because the rows are read several times, and as JSON they would be parsed each time. */
async function putEvents(tx: Queryable, events: readonly ContactEvent[]): Promise<void> {
	const rows = events.map((event) => eventRowOf(event, eventTypes));
	await tx.run(
		sql`create temp table given on commit drop as select * from jsonb_to_recordset('[]') as given(id text, cno int, type text, at timestamptz, value float8, ref text, ref_key text, properties jsonb, keys jsonb)`
	);
	await tx.run(
		sql`insert into given select * from jsonb_populate_recordset(null::given, ${JSON.stringify(rows)}::jsonb)`
	);
	await mergeEvents(tx, sql`given`);
}
