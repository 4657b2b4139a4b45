import * as z from 'zod/mini';
import { sameJson } from '$lib/json';
import { fingerprint } from './hash';
import type { Change, Edit, Stamp } from './gesture';
import { staysLookedAt } from './looked';
import { ownerOf, readRegister, type Registers } from './registers';
import { projectionHash, projectTree } from './projection';
import { readTree } from './tree';
import { putVersion, readVersions } from './versions';

/** Without an edit for so long, what a draft was is kept before it is edited on. */
const idle = 30 * 60_000;

/**
 * Writes what goes with a gesture and is not taken back with it: when each segment was touched, the draft as it was
 * left half an hour ago or longer, and that who makes the gesture sees what the draft comes to.
 */
export function mark(edit: Edit, changes: readonly Change[], segments: readonly string[]): void {
	const drafts = new Set(changes.filter(isOfDraft).map(({ key }) => ownerOf(key)));
	for (const segment of segments) {
		if (drafts.has(segment) && exists(edit, segment)) {
			keepLeft(edit, segment);
			markSeen(edit, segment);
		}
		edit.write('segments', `${segment}/updated`, edit.stamp);
	}
}

/** What a gesture writes of itself, and no undo takes back. */
export const isMark = (key: string): boolean => /^[^/]*\/(?:seen|updated)$/.test(key);

const isOfDraft = ({ root, key }: Change): boolean =>
	root === 'nodes' || (root === 'segments' && /^[^/]*\/(?:match|new)$/.test(key));

const exists = (registers: Registers, segment: string): boolean =>
	registers.raw('segments', `${segment}/new`) !== undefined;

function markSeen(edit: Edit, segment: string): void {
	if (!staysLookedAt(edit.stored, edit, segment)) return;
	const hash = projectionHash(projectTree(readTree(edit, segment)));
	edit.write('segments', `${segment}/seen`, { hash });
}

/** Its id is made of what it holds: two devices that keep the same draft keep it once. */
function keepLeft(edit: Edit, segment: string): void {
	const { stored } = edit;
	if (!exists(stored, segment)) return;
	const left = readRegister(stored, 'segments', `${segment}/updated`, StampSchema, []);
	if (!left || edit.stamp.at - left.at < idle) return;
	const { rule, issues } = projectTree(readTree(stored, segment));
	if (issues.length > 0 || rule.children.length === 0) return;
	if (readVersions(stored, segment).some((version) => sameJson(version.rule, rule))) return;
	const { at, by } = left;
	putVersion(edit, segment, { id: fingerprint([rule, at, by]), at, by, rule, why: 'idle' });
}

const StampSchema: z.ZodMiniType<Stamp> = z.looseObject({ at: z.number(), by: z.string() });
