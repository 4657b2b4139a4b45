import * as z from 'zod/mini';
import { ExportDefinition } from './columns';

// On this device, not in the workspace: how a file looks depends on the program here that reads it. Ids of segments
// are unique among workspaces.
const key = 'winnow:exports';
const most = 200;

const Kept = z.array(z.tuple([z.string(), z.unknown()]));

/** How this segment was exported last on this device. */
export function keptDefinition(segment: string): ExportDefinition | undefined {
	const kept = read().find(([id]) => id === segment);
	const parsed = ExportDefinition.safeParse(kept?.[1]);
	return parsed.success ? parsed.data : undefined;
}

export function keepDefinition(segment: string, definition: ExportDefinition): void {
	const others = read().filter(([id]) => id !== segment);
	try {
		localStorage.setItem(key, JSON.stringify([[segment, definition], ...others].slice(0, most)));
	} catch {
		// Storage is refused or full: the next export begins from the defaults.
	}
}

function read(): z.infer<typeof Kept> {
	try {
		const parsed = Kept.safeParse(JSON.parse(localStorage.getItem(key) ?? '[]'));
		return parsed.success ? parsed.data : [];
	} catch {
		return []; // storage is refused, or what is in it is not ours
	}
}
