import { plural } from '$lib/rules/phrase';
import type { AskFailure } from './ask';
import type { HandOffFailure } from './hand-off';
import type { Refusal, SyncState } from './connection';
import type { Role } from './protocol';

/** Why a relay did not do what it was asked, and what to do, for people. */
export function describeAskFailure({ type, message }: AskFailure): string {
	switch (type) {
		case 'unreachable':
			return 'The relay does not answer. Check its address and the connection, then try again.';
		case 'unauthorised':
			return 'The relay does not know this device (any more).';
		case 'forbidden':
			return 'Your role in this team does not allow that.';
		case 'unknown':
			return 'The relay does not know it. The link may be cut off, or somebody took it back.';
		case 'used':
			return 'This invitation was used already. Ask for a new one: each works once.';
		case 'expired':
			return 'This invitation has expired. Ask for a new one: each is good for three days.';
		case 'exists':
			return 'The relay has such a workspace already. Try again.';
		case 'removed':
			return 'You were removed from this team.';
		case 'lastOwner':
			return 'A team needs an owner. Make somebody else an owner first.';
		case 'tooMany':
			return 'That was too much in too short a time. Wait a minute, then try again.';
		case 'tooLarge':
			return 'That is larger than this relay takes.';
		case 'invalid':
			return `The relay and this app do not understand each other. One of them may need an update. (${message})`;
		case 'closed':
			return 'This relay takes no new workspaces. Use another.';
		case 'unavailable':
			return 'The relay cannot store anything now. Try again later.';
	}
}

/** Why a file did not come or go through the relay, and what to do, for people. */
export function describeHandOffFailure(failure: HandOffFailure): string {
	switch (failure.type) {
		case 'broken':
			return 'The link does not open what is there: one of the two was altered. Ask for it to be sent again.';
		case 'unknown':
			return 'It is not there, or no longer: it was fetched or taken back, or is older than three days. Ask for it to be sent again.';
		case 'tooLarge':
			return 'That is larger than this relay takes. Save a workspace file in the settings, and carry it yourself.';
		case 'cancelled':
			return 'It was cancelled.';
		case 'unreachable':
			return 'The relay does not answer. What has gone over is kept: go on when the connection is back.';
		default:
			return describeAskFailure(failure);
	}
}

/** How a workspace stands with its relay, for people; `ago` says how long ago an instant was. */
export function describeSync(sync: SyncState | undefined, ago: (at: number) => string): string {
	const waiting = sync?.waiting ?? 0;
	const changes = plural(waiting, 'change');
	switch (sync?.status) {
		case 'stored':
			return `Everything is stored by the relay (${ago(sync.at)}).`;
		case 'syncing':
			return `Sending ${changes} …`;
		case 'offline':
			return waiting > 0
				? `Offline. ${changes} kept here, to be sent when the relay is back.`
				: 'Offline. What you change is kept here and sent when the relay is back.';
		case 'refused':
			return refusalTexts[sync.reason];
		case 'connecting':
		case undefined:
			return 'Connecting …';
	}
}

/** That the room is full, and what to do, for an owner. */
export const fullText =
	'The relay has no room left for this workspace: what editors change stays on their devices, only owners are still heard. Delete segments that nobody needs, or ask who runs the relay for more room.';

/** That what others changed cannot be read here, and what to do. */
export const describeUnreadable = (count: number): string =>
	`${plural(count, 'change')} cannot be read here, so this device may show less than the others. Update Winnow by reloading it in all tabs. Where that does not help, they were damaged or sealed with another key.`;

/** What has to be done about devices that could not be given a new key; nothing where all were. */
export function describeLeft(left: number): string {
	return left > 0 ? `${plural(left, 'device')} must be invited again to get it.` : '';
}

/** Why this device has no place in the room, for people. */
export const refusalTexts: Record<Refusal, string> = {
	removed:
		'You are no longer a member. What you have stays on this device; what others change from now on does not come here.',
	unknown:
		'This relay does not know this workspace as it is now. It may have been started from another folder, or from an old backup. What you change is kept here, and sent when the right one is back.',
	full: 'The relay has no room left for this workspace. What you change is kept here, and sent when there is. Ask an owner to delete segments that nobody needs, or who runs the relay for more room.',
	keyless:
		'The team has a new key, and this device was not given it. Ask an owner for an invitation to come back in.'
};

export const roleLabels: Record<Role, string> = {
	owner: 'Owner',
	editor: 'Editor',
	viewer: 'Viewer'
};

/** What each role may do, after its name. */
export const roleHints: Record<Role, string> = {
	owner: 'edits, invites and removes people',
	editor: 'edits, and invites editors and viewers',
	viewer: 'sees and uses everything, changes nothing'
};
