import { createSubscriber } from 'svelte/reactivity';
import { isForeign } from './foreign';

/** How many requests this page has made to other servers since it was opened, as the browser itself counts them. */
export class ForeignRequests {
	#count = 0;
	readonly #read = createSubscriber((update) => {
		this.#count = 0;
		const observer = new PerformanceObserver((list) => {
			this.#count += list
				.getEntries()
				.filter(({ name }) => isForeign(name, location.origin)).length;
			update();
		});
		observer.observe({ type: 'resource', buffered: true });
		return () => observer.disconnect();
	});

	get count(): number {
		this.#read();
		return this.#count;
	}
}
