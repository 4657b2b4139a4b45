import type { EngineState } from '$lib/engine/protocol';
import { plural } from '$lib/rules/phrase';
import type { Refusal, SyncState } from '$lib/sync/connection';
import type { SaveState } from '$lib/workspace/save-queue';

/** How things stand, in the one quiet place that says so: a word, and what adds to it. */
export interface AppStatus {
	readonly state: 'ok' | 'busy' | 'warn' | 'danger';
	readonly lines: readonly string[];
	/** From 0 to 1. */
	readonly progress?: number;
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/**
 * Where a relay has the workspace too, `sync` says how far; `ago` says how long ago an instant was.
 */
export function appStatus(
	engine: EngineState,
	save: SaveState | undefined,
	sync?: SyncState,
	ago: (at: number) => string = () => ''
): AppStatus {
	if (save?.status === 'failed') return { state: 'danger', lines: ['Not saved'] };
	switch (engine.status) {
		case 'failed':
			return { state: 'danger', lines: ['Contacts not available'] };
		case 'slow':
			return { state: 'busy', lines: ['Preparing', 'This takes longer than usual'] };
		case 'starting':
			return engine.loaded !== undefined && engine.total
				? {
						state: 'busy',
						lines: [
							'Preparing',
							`${megabytes(engine.loaded)} of ${megabytes(engine.total)} MB, once only`
						],
						progress: engine.loaded / engine.total
					}
				: { state: 'busy', lines: ['Preparing'] };
		case 'ready':
			if (save?.status === 'saving') return { state: 'ok', lines: ['Saving…'] };
			return sync ? syncStatus(sync, ago) : { state: 'ok', lines: ['Saved on this device'] };
	}
}

/** Why this device is not in its team's room, in a few words. */
export const refusals: Record<Refusal, string> = {
	removed: 'You are no longer in this team',
	unknown: 'The relay does not know this workspace',
	full: 'The relay has no room left for it',
	keyless: 'This device was not given the new key'
};

function syncStatus(sync: SyncState, ago: (at: number) => string): AppStatus {
	switch (sync.status) {
		case 'connecting':
			return { state: 'ok', lines: ['Saved on this device', 'Connecting to the relay'] };
		case 'offline':
			return {
				state: 'busy',
				lines: [sync.waiting > 0 ? `Offline, ${plural(sync.waiting, 'change')} waiting` : 'Offline']
			};
		case 'syncing':
			return { state: 'ok', lines: ['Saved here', `Sending ${plural(sync.waiting, 'change')}`] };
		case 'stored':
			if (sync.isFull) return { state: 'warn', lines: ['Stored by the relay', refusals.full] };
			if (sync.unreadable > 0) {
				const unreadable = `${plural(sync.unreadable, 'change')} cannot be read here`;
				return { state: 'warn', lines: ['Saved here', unreadable] };
			}
			return { state: 'ok', lines: ['Saved here', `Stored by the relay ${ago(sync.at)}`] };
		case 'refused':
			return { state: 'warn', lines: ['Saved on this device', refusals[sync.reason]] };
	}
}
