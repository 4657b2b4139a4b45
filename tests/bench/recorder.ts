/** What the page notes about itself. All times are in milliseconds since its navigation began. */
export interface Recorded {
	/** Tasks of more than 50 ms on the main thread. */
	tasks: { at: number; ms: number }[];
	/** From a person's key or click to the new total, for each edit in the builder. */
	edits: number[];
	/** A total is being waited for. */
	pending: boolean;
	/** When the index first showed a count that is of now, and when all of its rows did. */
	firstCount: number | undefined;
	allCounts: { at: number; rows: number } | undefined;
}

declare global {
	interface Window {
		bench: Recorded;
	}
}

/**
 * Runs in the page before anything of the app does. It watches what a person would see, so that nothing has to be built
 * into the app for it: while newer numbers are on their way, those of before lose their tone or are dimmed (`stale`).
 */
export function record(): void {
	const bench: Recorded = {
		tasks: [],
		edits: [],
		pending: false,
		firstCount: undefined,
		allCounts: undefined
	};
	window.bench = bench;

	new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries())
			bench.tasks.push({ at: startTime, ms: duration });
	}).observe({ type: 'longtask', buffered: true });

	let touched = 0;
	for (const type of ['keydown', 'click', 'input', 'paste'])
		addEventListener(type, (event) => (touched = event.timeStamp), true);

	const isFresh = (number: Element, tone: 'result' | 'strong') =>
		/\d/.test(number.textContent ?? '') && number.matches(`.${tone}:not(.stale)`);
	let pendingSince: number | undefined;
	const look = () => {
		const total = document.querySelector('.total .figure');
		// A dash: nothing was counted before, and what is pending began with the last touch.
		if (total && !/\d/.test(total.textContent ?? '')) pendingSince = touched;
		else if (total && !isFresh(total, 'result')) pendingSince ??= touched;
		else if (total && pendingSince !== undefined) {
			bench.edits.push(performance.now() - pendingSince);
			pendingSince = undefined;
		}
		bench.pending = pendingSince !== undefined;

		const rows = [...document.querySelectorAll('tbody tr')];
		const counted = rows.filter((row) => {
			const count = row.querySelector('.figure');
			return count && isFresh(count, 'strong');
		}).length;
		if (counted > 0) bench.firstCount ??= performance.now();
		if (counted > 0 && counted === rows.length)
			bench.allCounts ??= { at: performance.now(), rows: counted };
	};
	new MutationObserver(look).observe(document, {
		subtree: true,
		childList: true,
		characterData: true,
		attributeFilter: ['class']
	});
}
