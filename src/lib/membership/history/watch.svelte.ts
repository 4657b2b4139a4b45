import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import { pause } from '$lib/pause';
import type { Watched } from './watched';

/** Milliseconds without a change after which it is looked, since what is on the page comes first; and at the latest. */
const rest = 1_000;
const longest = 5_000;

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
	let waitingSince: number | undefined;
	let callOff = () => {};
	// A look that fails is made up for by the next.
	new Latest(
		() => {
			const { moment, dataVersion, workspace } = app;
			const { historyMonths } = workspace.settings;
			return watched.length > 0 ? { watched, moment, dataVersion, historyMonths } : undefined;
		},
		async ({ watched, moment, historyMonths }, signal) => {
			waitingSince ??= performance.now();
			const left = longest - (performance.now() - waitingSince);
			await pause(Math.max(0, Math.min(rest, left)), signal);
			waitingSince = undefined;
			const next = await app.ask('lookAtSegments', watched, moment, historyMonths);
			callOff();
			callOff = app.tickAt(next);
		}
	);
}
