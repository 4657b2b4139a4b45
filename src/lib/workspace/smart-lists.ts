import * as z from 'zod/mini';
import { SmartListView } from '$lib/smart-lists/view';
import type { Stamp } from './gesture';
import { readRegister, type BrokenRegister, type Registers } from './registers';
import { StampSchema, StateSchema, type SegmentState } from './segment';

export type SmartListState = SegmentState;

/** A saved way of looking at contacts. */
export interface SmartList {
	readonly id: string;
	readonly name: string;
	readonly state: SmartListState;
	readonly created: Stamp;
	/** The last gesture that touched it. */
	readonly updated: Stamp;
	/** Nothing where it does not read: it shows nobody then, rather than everyone. */
	readonly view: SmartListView | undefined;
	/** Registers that do not read. They are left out, and kept. */
	readonly issues: readonly BrokenRegister[];
}

/** A smart list as the registers have it now; `undefined` if it was never created. */
export function readSmartList(registers: Registers, id: string): SmartList | undefined {
	if (registers.raw('smartLists', `${id}/new`) === undefined) return;
	const issues: BrokenRegister[] = [];
	const read = <T>(name: string, schema: z.ZodMiniType<T>): T | undefined =>
		readRegister(registers, 'smartLists', `${id}/${name}`, schema, issues);
	const created = read('new', StampSchema) ?? { at: 0, by: '' };
	return {
		id,
		name: read('name', z.string()) ?? '',
		state: read('state', StateSchema)?.state ?? 'active',
		created,
		updated: read('updated', StampSchema) ?? created,
		view: read('view', SmartListView),
		issues
	};
}
