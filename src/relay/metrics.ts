/** Counts, and what can be read at any time, as Prometheus reads them. */
export class Metrics {
	readonly #counts = new Map<string, number>();
	readonly #gauges = new Map<string, () => number>();

	/** `labels` as they stand between the braces, such as `why="flood"`. */
	add(name: string, by = 1, labels = ''): void {
		const key = `winnow_relay_${name}_total${labels && `{${labels}}`}`;
		this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
	}

	gauge(name: string, read: () => number): void {
		this.#gauges.set(`winnow_relay_${name}`, read);
	}

	text(): string {
		const gauges = [...this.#gauges].map(([name, read]) => [name, read()] as const);
		return [...this.#counts, ...gauges].map(([name, value]) => `${name} ${value}\n`).join('');
	}
}
