import { Engine } from '$lib/engine/engine';
import { currentWorkspace } from '$lib/workspace/current';

let early: Engine | undefined;

const begin = (version: string) => new Engine(currentWorkspace().namespace, { version });

/** Starts the page's engine before the rest of its code is there, for it takes longest of all. `version`: of the app. */
export function startEngine(version: string): void {
	early ??= begin(version);
}

/** That engine; for who asks again, because it was closed, another. */
export function takeEngine(version: string): Engine {
	const engine = early ?? begin(version);
	early = undefined;
	return engine;
}
