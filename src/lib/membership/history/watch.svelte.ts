import type { App } from '$lib/app.svelte';
import type { Watched } from './watched';

/** Milliseconds without a change after which it is looked: what is on the page comes first. */
const rest = 1_000;

/**
 * Has the worker note who enters and leaves the saved segments, whenever a rule, contacts or the time have changed, and
 * takes a new `now` at the very moment at which time alone brings somebody in or out. Every tab does so; what was noted
 * already is not noted again. Must be called while a component is made.
 */
export function watchSegments(app: App): void {
	const watched = $derived(
		app.workspace.segments.flatMap(({ id, state }): Watched[] => {
			const rule = state === 'active' ? app.savedRule(id) : undefined;
			return rule?.ok ? [{ segment: id, rule: rule.value }] : [];
		})
	);
	$effect(() => {
		const { moment } = app;
		const { historyMonths: months } = app.workspace.settings;
		void app.dataVersion;
		const all = watched;
		if (all.length === 0) return;
		let stop = () => {};
		let isOver = false;
		const timer = setTimeout(async () => {
			// A look that fails is made up for by the next.
			const next = await app.ask('lookAtSegments', all, moment, months).catch(() => undefined);
			if (next !== undefined && !isOver) stop = app.tickAt(next);
		}, rest);
		return () => {
			isOver = true;
			clearTimeout(timer);
			stop();
		};
	});
}
