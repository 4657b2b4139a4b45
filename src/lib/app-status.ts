import type { EngineState } from '$lib/engine/protocol';
import type { SaveState } from '$lib/workspace/save-queue';

/** How things stand, in the one quiet place that says so: a word, and what adds to it. */
export interface AppStatus {
	readonly state: 'ok' | 'busy' | 'warn' | 'danger';
	readonly lines: readonly string[];
	/** From 0 to 1. */
	readonly progress?: number;
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

export function appStatus(engine: EngineState, save: SaveState | undefined): AppStatus {
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
			return {
				state: 'ok',
				lines: [save?.status === 'saving' ? 'Saving…' : 'Saved on this device']
			};
	}
}
