import { unreachable } from '$lib/result';
import type { EditRefusal } from './gesture';
import type { StoreFailure } from './storage-database';
import { maximumNodes, type StructureIssue } from './tree';
import type { UndoOutcome } from './undo';

/** What is wrong with the structure of a draft and what to do, for people. */
export function describeStructureIssue(issue: StructureIssue): string {
	switch (issue.type) {
		case 'Loop':
			return 'Two people moved groups into each other. This one hangs at the top until you move it.';
		case 'Detached':
			return 'Its group was deleted while somebody changed this. Put it back into the rule, or discard it.';
		case 'ParentNotGroup':
			return 'What this was put into is not a group any more. It hangs at the top until you move it.';
		case 'TooManyNodes':
			return `The rule has ${issue.count} parts; it can have ${maximumNodes}. Split it into several segments.`;
		case 'SavedMissing':
			return 'The saved rule cannot be read. Save the draft to replace it.';
		case 'BrokenRegister':
			return 'A part cannot be read. It is kept as it is; remove it to go on.';
		default:
			return unreachable(issue);
	}
}

/** Why an edit was not made, for people. */
export function describeRefusal(refusal: EditRefusal): string {
	switch (refusal.type) {
		case 'Gone':
		case 'CampaignGone':
		case 'SmartListGone':
			return 'It is not there any more: somebody removed it.';
		case 'CampaignSent':
			return 'It was sent, so it stays as it was. Duplicate it to send something else.';
		case 'RootStays':
			return 'The outermost group stays as it is.';
		case 'IntoItself':
			return 'A group cannot be moved into itself.';
		case 'Unwritable':
			return refusal.problem === 'tooLarge' || refusal.problem === 'tooDeep'
				? 'This is too large to be kept. Use a list for many values.'
				: 'This cannot be kept as it is.';
		case 'UnusableId':
			return `“${refusal.id}” cannot be used as an id.`;
		case 'HasIssues':
			return 'Solve what is marked in the draft, then save.';
		case 'NotLookedAt':
			return 'Two people’s changes came together here. Look at the whole, say “Looks right”, then save.';
		case 'NeverSaved':
			return 'It was never saved, so there is nothing to go back to.';
		case 'ReadOnly':
			return refusal.reason === 'viewer'
				? 'You are a viewer in this workspace: you see everything and change nothing. An owner can make you an editor.'
				: 'A newer version of Winnow is in use. Reload this page to edit.';
		default:
			return unreachable(refusal);
	}
}

/** Why nothing can be stored on this device, for people; what the browser said is in `message`. */
export function describeStoreFailure({ type }: StoreFailure): string {
	switch (type) {
		case 'unavailable':
			return 'This browser window does not let Winnow keep anything. It may be a private window.';
		case 'timeout':
			return 'The browser’s storage does not answer. Close other tabs of Winnow, then try again.';
		case 'full':
			return 'There is no space left for Winnow on this device. Free some, then try again.';
		case 'lost':
			return 'The browser closed its storage. Winnow opens it again with the next attempt.';
		case 'other':
			return 'The browser’s storage failed.';
		default:
			return unreachable(type);
	}
}

/** What undo or redo could not do, for people; nothing when all went as expected. */
export function describeUndo({ type, label }: UndoOutcome): string | undefined {
	switch (type) {
		case 'done':
			return;
		case 'partly':
			return `“${label}”: a part stays as it is, because it was changed, saved or sent since.`;
		case 'changedSince':
			return `“${label}” stays as it is, because it was changed, saved or sent since.`;
		default:
			return unreachable(type);
	}
}
