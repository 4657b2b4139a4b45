import type { Table } from '$lib/rules/conditions/kind';
import { unreachable } from '$lib/result';
import { bytesOf } from '$lib/rules/mirror/bytes-of';
import type { MirrorPart } from '$lib/rules/mirror/columns';
import type { Column } from './column-file';

/** A part that is there. */
export interface Held {
	readonly part: MirrorPart;
	readonly column: Column;
	/** All that changed after this version is in `changed`. */
	readonly version: number;
	/** The contacts of which the column may be wrong by now. */
	readonly changed: Set<number>;
	/** Whether its file has this very column. */
	readonly isSaved: boolean;
}

/** Parts by their key, of which those not used for longest are dropped where they take too much. */
export class HeldParts {
	readonly #mostBytes: number;
	/** The one used last comes last. */
	readonly #held = new Map<string, Held>();

	constructor(mostBytes: number) {
		this.#mostBytes = mostBytes;
	}

	get(key: string): Held | undefined {
		return this.#held.get(key);
	}

	all(): Held[] {
		return [...this.#held.values()];
	}

	/** Puts it last, as the one used last. */
	hold(key: string, held: Held): void {
		this.#held.delete(key);
		this.#held.set(key, held);
		let bytes = [...this.#held.values()].reduce((sum, { column }) => sum + bytesOf(column), 0);
		for (const [oldest, { column }] of this.#held) {
			if (bytes <= this.#mostBytes || oldest === key) break;
			this.#held.delete(oldest);
			bytes -= bytesOf(column);
		}
	}

	use(key: string): void {
		const held = this.#held.get(key);
		if (held && this.#held.delete(key)) this.#held.set(key, held);
	}

	drop(key: string): void {
		this.#held.delete(key);
	}

	clear(): void {
		this.#held.clear();
	}
}

export function keyOf(part: MirrorPart): string {
	switch (part.type) {
		case 'everyone':
			return 'everyone';
		case 'field':
			return `field ${part.family} ${part.field}`;
		case 'events':
			return `events ${part.ref ? 'with refs' : 'plain'} ${part.eventType}`;
		case 'groups':
			return `groups ${part.table}`;
		default:
			return unreachable(part);
	}
}

/** The table it is read from. */
export function tableOf(part: MirrorPart): Table {
	if (part.type === 'groups') return part.table;
	return part.type === 'events' ? 'event' : 'contact';
}
