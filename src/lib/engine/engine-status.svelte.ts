import { createSubscriber } from 'svelte/reactivity';
import type { Engine } from './engine';
import type { EngineState } from './protocol';

/** The engine's state, for templates: reading `current` subscribes to it. */
export class EngineStatus {
	readonly #engine: Engine;
	readonly #subscribe: () => void;

	constructor(engine: Engine) {
		this.#engine = engine;
		this.#subscribe = createSubscriber((update) => engine.onstate(update));
	}

	get current(): EngineState {
		this.#subscribe();
		return this.#engine.state;
	}
}
