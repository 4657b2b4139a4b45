import type { DataSize } from '../data';
import type { SegmentId } from './segments';

/** What is compared. `PGlite` is the database that Winnow has, asked a whole rule in one statement. */
export const engineNames = ['Winnow', 'PGlite', 'DuckDB-WASM', 'SQLite-WASM', 'Postgres'] as const;
export type EngineName = (typeof engineNames)[number];

/** An answer, and how long it took, in milliseconds. */
export interface Counted {
	readonly count: number;
	readonly ms: number;
}

/** Milliseconds it took to take in the people, with their tags and lists, and the events; made ready for questions. */
export interface Loaded {
	readonly contacts: number;
	readonly events: number;
	readonly ready: number;
}

/** One of those compared. The same data is loaded into each, and the same questions are asked. */
export interface BenchEngine {
	readonly name: EngineName;
	load(size: DataSize): Promise<Loaded>;
	/** How many are in a segment, with its numbers as they are in a variant: no two variants ask the same. */
	count(segment: SegmentId, variant: number): Promise<Counted>;
	close(): Promise<void>;
}
