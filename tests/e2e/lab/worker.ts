import { DeadDatabase, type Database } from '$lib/db/db';
import { boot } from '$lib/engine/boot';
import type { Publish } from '$lib/engine/protocol';
import type { MirrorFiles } from '$lib/membership/mirror-files';
import { sql } from '$lib/sql';
import { mirrorLab } from './mirrors';

/** Methods to treat the engine roughly with. */
export function createLab(db: Database, publish: Publish, files: MirrorFiles | undefined) {
	const run = crypto.randomUUID();
	const table = db.script('create table if not exists lab(no int, text text)');
	const door = new BroadcastChannel('door');
	let held = 0;
	const opened = async () => {
		held += 1;
		await new Promise((open) => door.addEventListener('message', open, { once: true }));
	};
	return {
		...mirrorLab(db, files),
		/** Names this run of the worker. */
		run: async () => run,
		write: async (id: string, text: string) => {
			await table;
			return db.write(id, async (tx) => {
				await tx.run(sql`insert into lab select count(*), ${text} from lab`);
				return text;
			});
		},
		read: async () => {
			await table;
			const rows = await db.rows<{ text: string }>(sql`select text from lab order by no`);
			return rows.map(({ text }) => text);
		},
		/** Answered when somebody opens the door. */
		waitAtDoor: async () => {
			await opened();
			return run;
		},
		/** Stored at once, answered when somebody opens the door. */
		writeAndWaitAtDoor: async (id: string, text: string) => {
			await table;
			const answer = await db.write(id, async (tx) => {
				await tx.run(sql`insert into lab select count(*), ${text} from lab`);
				return text;
			});
			await opened();
			return answer;
		},
		/** How many calls have come to the door. */
		held: async () => held,
		loop: async () => {
			for (;;);
		},
		divide: async () => db.rows(sql`select 1 / 0 as n`),
		breakDown: async () => {
			throw new DeadDatabase('Broken on purpose.');
		},
		/** A breakdown as PGlite has it: its files run out in the middle of a transaction, and it says nothing. */
		runOutOfFiles: async () =>
			db.transaction(async (tx) => {
				await tx.run(makeTable);
				for (let i = 0; i < 400; i += 1) await tx.rows(sql`select lab_make(${i}::int)`);
			}),
		linesOf: async (file: File) => `${file.name} ${(await file.text()).split('\n').length}`,
		tell: async (done: number) => publish({ type: 'progress', job: 'lab', done })
	};
}

const makeTable = sql`create function lab_make(i int) returns int language plpgsql as $$
	begin execute format('create table lab_%s(no int primary key)', i); return i; end $$`;

boot(createLab);
