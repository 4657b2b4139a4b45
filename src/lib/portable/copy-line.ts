import { escaped } from '$lib/imports/contacts/copy-line';
import { sql } from '$lib/sql';
import type { PortableChange, PortableMove } from './logs';

/** Takes lines of `changeLine`. */
export const copyChanges = sql`copy field_change(field, cno, at, before, after) from '/dev/blob'`;
export const createMoveLine = sql`
	create temporary table move_line (
		segment text collate "C", cno int, at timestamptz, entered boolean, cause text collate "C"
	)`;
/** Takes lines of `moveLine`. */
export const copyMoves = sql`copy move_line(segment, cno, at, entered, cause) from '/dev/blob'`;

export const changeLine = ({ field, at, before, after }: PortableChange, cno: number): string =>
	`${escaped(field)}\t${cno}\t${new Date(at).toISOString()}\t${json(before)}\t${json(after)}\n`;

export const moveLine = (
	{ segment, at, entered, cause = 'data' }: PortableMove,
	cno: number
): string => `${escaped(segment)}\t${cno}\t${new Date(at).toISOString()}\t${entered}\t${cause}\n`;

const json = (value: unknown): string => (value === null ? '\\N' : escaped(JSON.stringify(value)));
