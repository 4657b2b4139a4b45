import * as z from 'zod/mini';
import { sameJson } from '$lib/json';
import { projectionHash, projectTree, type Projection } from './projection';
import { readRegister, type Registers } from './registers';
import { readTree } from './tree';
import { readVersions } from './versions';

/**
 * Whether somebody has had a draft before their eyes exactly as it is now. Every gesture notes what the draft came to on
 * the device that made it, so a draft that only a merge has put together is one that nobody has seen. It stays so
 * through further edits, until a person says "Looks right": an edit of one row says nothing about the others.
 */
export function isLookedAt(
	registers: Registers,
	segment: string,
	projection: Projection = projectTree(readTree(registers, segment))
): boolean {
	// Of a draft of before this was noted it is told by what a merge leaves.
	if (registers.raw('segments', `${segment}/seen`) === undefined)
		return projection.issues.length === 0;
	const hash = projectionHash(projection);
	return (
		hashIn(registers, segment, 'seen') === hash ||
		hashIn(registers, segment, 'ok') === hash ||
		isSavedRule(registers, segment, projection)
	);
}

/** The same of a draft after a gesture, which is seen by who makes it if it was before. */
export function staysLookedAt(stored: Registers, edit: Registers, segment: string): boolean {
	if (isLookedAt(edit, segment)) return true;
	return stored.raw('segments', `${segment}/new`) !== undefined && isLookedAt(stored, segment);
}

/** The projection that "Looks right" was said of (`ok`), or that the last gesture left (`seen`). */
export const hashIn = (
	registers: Registers,
	segment: string,
	name: 'ok' | 'seen'
): string | undefined =>
	readRegister(registers, 'segments', `${segment}/${name}`, Hashed, [])?.hash;

const Hashed = z.looseObject({ hash: z.string() });

/** What was once saved was looked at then. */
const isSavedRule = (registers: Registers, segment: string, { rule, detached }: Projection) =>
	detached.length === 0 &&
	readVersions(registers, segment).some(
		(version) => version.why === 'saved' && sameJson(version.rule, rule)
	);
