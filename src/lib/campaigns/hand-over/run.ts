import { readMessage } from '$lib/campaigns/content/compile';
import type { RenderedMessage } from '$lib/campaigns/content/message';
import type { Database } from '$lib/db/db';
import type { Publish } from '$lib/engine/protocol';
import { mostRows, type ExportFormat } from '$lib/exports/format';
import {
	FileRuns,
	turn,
	type Exported,
	type ExportPlace,
	type FileJob
} from '$lib/exports/run-files';
import { openTable } from '$lib/exports/run-table';
import { contextOf, type HandOverAsk, type Recipients } from './ask';
import { audienceColumns, messageMaker, senderProblem, type MessageMaker } from './made';
import { emlOf } from './mime';
import { noMessage, type OutgoingMessage } from './outgoing';
import { addressed, valuesByNumber, withhold, type Addressed } from './queries';
import { zipTo, type ZippedFile } from './zip';

/** Recipients rendered at once: about a tenth of a second, after which other questions get their turn. */
const slice = 2000;

/**
 * What the worker does to hand a frozen audience over. Who was erased or archived since it was frozen, has unsubscribed or
 * is suppressed is left out.
 */
export function handOverApi(
	database: Database,
	recipients: Recipients,
	publish: Publish,
	files = new FileRuns()
) {
	/** Everybody who may still be written to, slice by slice, with the news of how far it is. */
	async function* slices(run: string, maker: MessageMaker, job: FileJob, name: string) {
		const total = await recipients.count(run);
		publish({ type: 'progress', job: name, done: 0, total });
		for (let place = 0; place < total; place += slice) {
			await turn();
			if (job.cancelled) return;
			const next = await recipients.from(run, place, slice);
			yield await addressed(database, run, next, maker.fields);
			publish({ type: 'progress', job: name, done: Math.min(place + slice, total), total });
		}
	}

	return {
		/**
		 * A file with a row for everybody in a frozen audience: address, names, and what they get. It is called by the name
		 * of its place in the news about its progress and to cancel it. What it is guarded against spreadsheets by stands in
		 * front of what contacts say alone. Gives how many rows there are.
		 */
		async writeAudienceFile(
			place: ExportPlace,
			run: string,
			ask: HandOverAsk,
			format: ExportFormat
		): Promise<Exported> {
			const maker = messageMaker(ask);
			return files.run(place, async (sink, job) => {
				if ((await recipients.count(run)) > mostRows(format))
					throw new Error(
						`A sheet has room for ${mostRows(format)} people. Choose another format.`
					);
				const isGuarded = format.guard && (format.kind ?? 'delimited') === 'delimited';
				const table = await openTable(
					{ ...format, guard: false },
					audienceColumns,
					ask.zone,
					(piece) => sink.write(piece)
				);
				let rows = 0;
				for await (const people of slices(run, maker, job, place.name)) {
					table.add(rowsOf(people, maker, isGuarded));
					rows += people.length;
				}
				table.end();
				return rows;
			});
		},

		/**
		 * A zip with a message for everybody in a frozen audience, each as an `.eml` file that mail programs open as one to
		 * send. `at` is what they say when they were written. Whose address none can be sent to is withheld from. Gives how
		 * many there are.
		 */
		async writeMessages(
			place: ExportPlace,
			run: string,
			ask: HandOverAsk,
			at: number
		): Promise<Exported> {
			const problem = senderProblem(ask.sender);
			if (problem) throw new Error(problem.text);
			const maker = messageMaker(ask);
			return files.run(place, async (sink, job) => {
				let rows = 0;
				const messages = async function* (): AsyncGenerator<ZippedFile> {
					for await (const people of slices(run, maker, job, place.name)) {
						const held: { place: number; why: string }[] = [];
						for (const { recipient, values } of people) {
							const message = maker.message(run, recipient, values);
							if (!message) {
								held.push({ place: recipient.place, why: noMessage });
								continue;
							}
							rows++;
							yield { name: fileNameOf(message), text: emlOf(message, at, draft) };
						}
						if (held.length > 0) await withhold(database, run, held);
					}
				};
				await zipTo(sink, messages(), at);
				return rows;
			});
		},

		/** Ends a file between two slices. One that is over already stays as it is. */
		async cancelHandOver(name: string): Promise<void> {
			files.cancel(name);
		},

		/** What a contact would get, also while the message is still being written; null where there is no such contact. */
		async previewMessage(
			cno: number,
			ask: Omit<HandOverAsk, 'sender'>,
			variants: readonly number[]
		): Promise<RenderedMessage | null> {
			const { message } = readMessage(ask.content, contextOf(ask));
			const ids = message.fields.map(({ id }) => id);
			const known = (await valuesByNumber(database, [cno], ids)).get(cno);
			return known ? message.render(known.values, variants) : null;
		}
	};
}

/** Each is written before the next is made: thousands of messages at once fill the memory that is quickest. */
function* rowsOf(people: readonly Addressed[], maker: MessageMaker, isGuarded: boolean) {
	for (const { recipient, values } of people) yield maker.row(recipient, values, isGuarded);
}

/** Outlook opens a message with it as one that was not sent yet. */
const draft = { 'X-Unsent': '1' };

/** In the order of the recipients, and findable by address. */
function fileNameOf({ place, to }: OutgoingMessage): string {
	const address = to.address.replace(/[^\p{L}\p{N}@._+-]+/gu, '_').slice(0, 80);
	return `${String(place + 1).padStart(7, '0')} ${address}.eml`;
}
