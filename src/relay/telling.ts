import type { Connection } from '@hocuspocus/server';
import { tell } from './access';
import { vectorOf, type StoredClocks } from './clocks';

/** Tells one connection what is stored, in as few messages as the database's pace allows. */
export class Telling {
	readonly #connection: Connection;
	readonly #clocks: StoredClocks;
	readonly #log: { settled(): Promise<void>; meet(): Promise<boolean> };
	readonly #wanted = new Set<number>();
	#all = false;
	#running = false;

	constructor(
		connection: Connection,
		clocks: StoredClocks,
		log: { settled(): Promise<void>; meet(): Promise<boolean> }
	) {
		this.#connection = connection;
		this.#clocks = clocks;
		this.#log = log;
	}

	/** Of these clients, once all that came so far is stored. */
	want(clients: readonly number[]): void {
		for (const client of clients) this.#wanted.add(client);
		void this.#run();
	}

	wantAll(): void {
		this.#all = true;
		void this.#run();
	}

	async #run(): Promise<void> {
		if (this.#running) return;
		this.#running = true;
		const { document } = this.#connection;
		while (this.#all || this.#wanted.size > 0) {
			const vector = vectorOf(document);
			const clients = this.#all ? [...vector.keys()] : [...this.#wanted];
			const isFirst = this.#all;
			this.#all = false;
			this.#wanted.clear();
			await this.#log.settled();
			const isBehind = (client: number) => (vector.get(client) ?? 0) > this.#clocks.of(client);
			// Some of it came by another relay, which may not have stored it.
			if (clients.some(isBehind) && !(await this.#log.meet())) {
				this.want(clients);
				await new Promise((later) => setTimeout(later, 1_000).unref());
			}
			const to = clients.flatMap((client): [number, number][] =>
				this.#clocks.of(client) > 0 ? [[client, this.#clocks.of(client)]] : []
			);
			if (to.length > 0 || isFirst) tell(this.#connection, { type: 'stored', to });
		}
		this.#running = false;
	}
}
