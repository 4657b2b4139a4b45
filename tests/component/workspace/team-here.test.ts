import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { keepMembership, teamDatabase, type Membership } from '$lib/sync/kept';
import { addressInTeam, teamHere } from '$lib/sync/team-here';
import { documentDatabase } from '$lib/workspace/current';

const made = (name: string) =>
	new Promise<void>((resolve) => {
		const request = indexedDB.open(name);
		request.onsuccess = () => resolve(request.result.close());
	});

it('finds the workspace of a link’s team where another is open', async () => {
	localStorage.setItem('winnow:workspace', 'team:opened');
	localStorage.setItem('winnow-team-joined:name', 'The shop');
	await made(documentDatabase('winnow-team-opened'));
	await made(documentDatabase('winnow-team-joined'));
	expect(await teamHere('joined')).toEqual({ choice: 'team:joined', name: 'The shop' });
	expect(await teamHere('opened')).toBe(undefined);
	expect(await teamHere('begun')).toBe(undefined);
	// Not asked for, it is not made.
	const names = (await indexedDB.databases()).map(({ name }) => name);
	expect(names).not.toContain(teamDatabase('winnow'));

	await keepMembership('winnow', { workspace: 'begun', role: 'owner' } as Membership);
	expect(await teamHere('begun')).toEqual({ choice: 'main', name: undefined });
});

it('an address names the workspace of a team, and nothing of its page', () => {
	const address = 'https://winnow.example/#/segments/abc';
	expect(addressInTeam(`${address}?tab=people`, 'joined')).toBe(`${address}?workspace=joined`);
	expect(addressInTeam(`${address}?tab=people`, undefined)).toBe(address);
});
