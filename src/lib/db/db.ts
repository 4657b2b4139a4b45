import type { Table } from '$lib/rules/conditions/kind';
import type { Sql } from '$lib/sql';

/** What a statement can be asked of. */
export interface Queryable {
	/** Rows as objects. For small answers: a row object costs twenty times its number in an array. */
	rows<Row>(query: Sql): Promise<Row[]>;
	/** The number of rows a statement changed. */
	run(statement: Sql): Promise<number>;
	/** `copy … from '/dev/blob'`: rows from a file in memory. */
	copyIn(statement: Sql, data: Blob): Promise<void>;
	/** What a query gives, as the bytes of Postgres' binary COPY: many numbers take a tenth of the time of row objects. */
	copyOut(query: Sql): Promise<ArrayBuffer>;
}

/** The contacts a write touched, and in which tables. `everything` after bulk work. */
export type Change =
	| { readonly type: 'everything' }
	| {
			readonly type: 'contacts';
			readonly tables: ReadonlySet<Table>;
			readonly cnos: readonly number[];
	  };

/** A database that is asked, and nothing more: what a shell needs of one. */
export interface Session extends Queryable {
	/** All or nothing, and stored when it resolves. */
	transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
	/** Several statements of ours without parameters, such as a migration. */
	script(text: string): Promise<void>;
}

export interface Database extends Session {
	/**
	 * A write that happens once however often it is asked: its id and answer are stored in the same transaction, and a
	 * second call gets the first one's answer. The answer must survive JSON.
	 */
	write<T>(id: string, work: (tx: Queryable) => Promise<T>): Promise<T>;
	/** Bulk work that bypasses the noting of single contacts; everybody is told that everything may have changed. */
	bulk<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
	/** Called after each write that changed contacts. Gives the way to stop. */
	onchange(listener: (change: Change) => void): () => void;
}

/** The database answered in a way that a sound one never does: its worker must be replaced. */
export class DeadDatabase extends Error {
	readonly code = 'DEAD';
}
