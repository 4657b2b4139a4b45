import * as z from 'zod/mini';
import type { Edit } from './gesture';
import { readRegister, type Registers } from './registers';

/** The newest shape of the document that this app writes and reads. */
export const schema = 1;

/**
 * Whether this app may write. A newer one says so (`minWriter`) when older ones would spoil what it wrote; they still
 * read all they understand. A register that does not read says nothing, so it forbids.
 */
export function isWritable(registers: Registers): boolean {
	if (registers.raw('meta', 'minWriter') === undefined) return true;
	const minWriter = readRegister(registers, 'meta', 'minWriter', z.number(), []);
	return minWriter !== undefined && minWriter <= schema;
}

export const isNew = (registers: Registers): boolean =>
	registers.raw('meta', 'schema') === undefined;

/** Marks a new document as what it is. */
export function begin(edit: Edit): void {
	edit.write('meta', 'schema', schema);
	edit.write('meta', 'minWriter', schema);
	edit.write('meta', 'epoch', 0);
	edit.write('meta', 'created', edit.stamp);
}
