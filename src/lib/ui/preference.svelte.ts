/**
 * A choice of this device: kept in the browser's storage, written to `<html data-…>` for the styles,
 * the same in every tab. The first of its values is the one nobody chose.
 */
export class Preference<V extends string> {
	readonly name: string;
	readonly values: readonly [V, ...V[]];
	#current: V = $state.raw() as V; // set in the constructor

	constructor(name: string, values: readonly [V, ...V[]]) {
		this.name = name;
		this.values = values;
		this.#current = this.#parse(read(this.#key));
		if (typeof window === 'undefined') return;
		window.addEventListener('storage', (event) => {
			if (event.key !== this.#key) return;
			this.#current = this.#parse(event.newValue);
			this.#show();
		});
	}

	get current(): V {
		return this.#current;
	}

	set(value: V): void {
		this.#current = value;
		this.#show();
		try {
			localStorage.setItem(this.#key, value);
		} catch {
			// Storage is refused (a private window, a full disk): the choice lasts until the page closes.
		}
	}

	get #key(): string {
		return `winnow:${this.name}`;
	}

	#parse(stored: string | null): V {
		return this.values.find((value) => value === stored) ?? this.values[0];
	}

	#show(): void {
		if (this.#current === this.values[0]) delete document.documentElement.dataset[this.name];
		else document.documentElement.dataset[this.name] = this.#current;
	}
}

function read(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null;
	}
}
