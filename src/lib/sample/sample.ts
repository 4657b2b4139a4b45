import type { App } from '$lib/app.svelte';
import {
	choiceKey,
	chooseWorkspace,
	chosenWorkspace,
	currentWorkspace,
	isSampleKept,
	keepSample,
	namespaceFor
} from '$lib/workspace/current';
import { defineSample } from './define';
import { forgetStored } from './forget';
import { madeKey } from './made';
import { sampleSegments } from './segments';

/** Milliseconds to wait for another tab to let go of the sample. */
const patience = 5_000;

/** Goes to the sample workspace, made anew if it was left before; one that was shared is as it was. Ends in a reload of the page. */
export async function openSample(): Promise<void> {
	// If another tab still has it open, that is the one we go to.
	if (isLeft()) await forgetSample(AbortSignal.timeout(patience)).catch(ifLate);
	chooseWorkspace('sample');
}

/** Goes back to the person's own workspace. What was done in the sample is deleted. Ends in a reload of the page. */
export function leaveSample(): void {
	localStorage.setItem(leftKey(), 'yes');
	location.hash = '#/segments';
	chooseWorkspace('main');
}

/**
 * Whether a person did something in the sample that would be lost with it: brought people in, or changed what is defined.
 * Where it cannot be known, they may have.
 */
export async function isSampleEdited(app: App): Promise<boolean> {
	const { log } = app.workspace;
	if (!log || app.status.current.status !== 'ready') return true;
	const { sampleSize } = await import('./generate');
	const { everyone } = await app.ask('countRules', [], app.moment);
	if (everyone !== sampleSize.people) return true;
	const months = await Promise.all((await log.months()).map((month) => log.read(month)));
	const entries = months.flatMap((month) => month ?? []);
	// What is too old is not in the log any more, the making of the sample first.
	return entries.length === 0 || entries.some(({ op }) => op !== made);
}

/** What the making of the sample is called in the log. */
const made = 'Sample';

/**
 * Called once on each page, for either workspace: fills the sample where it is open and empty, deletes it where it was
 * left, and follows when another tab goes over. Rejects as calls of the engine do.
 */
export async function ensureSample(app: App): Promise<void> {
	const { choice, isSample } = currentWorkspace();
	window.addEventListener('storage', ({ key }) => {
		if (key === choiceKey() && chosenWorkspace() !== choice) location.reload();
	});
	// Its mark of being shared goes when it is shared no more.
	if (isSampleKept()) keepSample();
	if (isSample) return fill(app);
	if (isLeft()) await forgetSample();
}

async function fill(app: App): Promise<void> {
	const { now } = app.moment;
	const isDefined = sampleSegments(now).some(({ id }) => app.workspace.segment(id) !== undefined);
	if (!isDefined) app.workspace.gesture(made, (edit) => defineSample(edit, now), false);
	await app.engine.callWith({ deadline: null }, 'loadSample', now);
	localStorage.setItem(madeKey(), 'yes');
}

/** localStorage: the sample was left and waits to be deleted. Deleted with all else of its namespace. */
const leftKey = () => `${namespaceFor('sample')}:left`;
const isLeft = () => localStorage.getItem(leftKey()) !== null && !isSampleKept();

const forgetSample = (signal?: AbortSignal) => forgetStored(namespaceFor('sample'), signal);

function ifLate(error: unknown): void {
	if (!(error instanceof DOMException && error.name === 'TimeoutError')) throw error;
	localStorage.removeItem(leftKey());
}
