import { escaped } from '$lib/imports/contacts/copy-line';
import { sql } from '$lib/sql';
import type { PortableChange, PortableMove } from './logs';

/** Takes lines of `changeLine`. */
export const copyChanges = sql`copy field_change(field, cno, at, before, after) from '/dev/blob'`;
/** Takes lines of `moveLine`. */
export const copyMoves = sql`copy segment_move(segment, cno, at, entered) from '/dev/blob'`;

export const changeLine = ({ field, at, before, after }: PortableChange, cno: number): string =>
	`${escaped(field)}\t${cno}\t${new Date(at).toISOString()}\t${json(before)}\t${json(after)}\n`;

export const moveLine = ({ segment, at, entered }: PortableMove, cno: number): string =>
	`${escaped(segment)}\t${cno}\t${new Date(at).toISOString()}\t${entered}\n`;

const json = (value: unknown): string => (value === null ? '\\N' : escaped(JSON.stringify(value)));
