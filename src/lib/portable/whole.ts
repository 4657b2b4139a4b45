import type * as Y from 'yjs';
import type { Definitions } from '$lib/rules/definitions';
import { registersOf } from '$lib/workspace/registers';
import type { Segment } from '$lib/workspace/segment';
import type { Settings } from '$lib/workspace/settings';
import { portableRegisters } from './registers';
import { portableVersions } from './version';
import {
	portableSegment,
	portableWorkspace,
	type PortableSegment,
	type PortableWorkspace
} from './workspace';

/** What a backup is written from. */
export interface Whole {
	readonly settings: Settings;
	readonly definitions: Definitions;
	readonly segments: readonly Segment[];
	readonly campaignSegments: readonly Segment[];
	readonly deletedSegments: readonly Segment[];
	readonly doc: Y.Doc;
}

/**
 * A workspace to be written with its deleted segments, the history of all, campaigns, smart lists and templates; with
 * `people`, what they said about segments too.
 */
export function wholeWorkspace(from: Whole, people: boolean): PortableWorkspace {
	const { settings, definitions, deletedSegments: deleted, doc } = from;
	const segments = [...from.segments, ...from.campaignSegments];
	const registers = registersOf(doc);
	const versions = [...segments, ...deleted].flatMap(({ id }) => portableVersions(registers, id));
	const kept = portableRegisters(registers, people);
	return {
		...portableWorkspace(settings, definitions, []),
		segments: segments.map(whole),
		...(deleted.length > 0 ? { deletedSegments: deleted.map(whole) } : {}),
		...(versions.length > 0 ? { versions } : {}),
		...(kept ? { registers: kept } : {})
	};
}

const whole = (segment: Segment): PortableSegment => ({
	...portableSegment(segment),
	...(segment.savedVersion ? { version: segment.savedVersion.id } : {}),
	created: { ...segment.created }
});
