import {
	currentWorkspace,
	knownWorkspaces,
	namespaceFor,
	type KnownWorkspace
} from '$lib/workspace/current';
import { keptMembership, wasShared } from './kept';

/** Which other workspace of this browser is a team's, by the id it has at the relay; `undefined` where none is. */
export async function teamHere(id: string): Promise<KnownWorkspace | undefined> {
	const { choice: opened } = currentWorkspace();
	for (const known of await knownWorkspaces()) {
		if (known.choice === opened) continue;
		if (known.choice === `team:${id}`) return known;
		const namespace = namespaceFor(known.choice);
		const membership = (await wasShared(namespace)) ? await keptMembership(namespace) : undefined;
		if (membership?.workspace === id) return known;
	}
}

/** An address in this workspace, without what is chosen on its page; a team's names the workspace. */
export const addressInTeam = (address: string, id: string | undefined): string =>
	address.replace(/\?.*$/, '') + (id === undefined ? '' : `?workspace=${id}`);
