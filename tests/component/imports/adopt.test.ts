import { expect, test } from 'vitest';
import { adopt, adoptImports } from '$lib/imports/adopt';
import type { NewDefinitions } from '$lib/imports/discovery';
import { openInMemory } from '$lib/workspace/open.svelte';

const definitions: NewDefinitions = {
	fields: [{ id: 'plan', name: 'Plan', type: 'select', options: [{ id: 'pro', name: 'Pro' }] }],
	tags: [{ id: 't1', name: 'vip' }],
	lists: [{ id: 'l1', name: 'News' }],
	eventTypes: [
		{
			id: 'trial_started',
			name: 'Trial started',
			properties: [{ id: 'plan', name: 'Plan', type: 'text' }]
		},
		{ id: 'order_placed', properties: [{ id: 'shop', name: 'Shop', type: 'text' }] }
	]
};

/** A workspace, and a worker that has one import to tell about. */
function open() {
	const workspace = openInMemory({ by: 'me', zone: 'UTC' });
	const adopted: string[] = [];
	const answers = {
		importsToAdopt: () => (adopted.length > 0 ? [] : [{ id: 'first', definitions }]),
		importAdopted: (id: string) => void adopted.push(id)
	};
	const ask = async (method: keyof typeof answers, id: string) => answers[method](id);
	return { app: { workspace, ask: ask as never }, workspace, adopted };
}

test('what an import defined is in the workspace, once', async () => {
	const { app, workspace, adopted } = open();
	await adoptImports(app);
	await adoptImports(app);
	expect(adopted).toEqual(['first']);
	const now = workspace.definitions;
	expect(now.fields.get('plan')).toEqual({ ...definitions.fields[0], format: undefined });
	expect([now.tags.get('t1'), now.lists.get('l1')]).toEqual(['vip', 'News']);
	expect(now.eventTypes.get('trial_started')).toMatchObject({
		name: 'Trial started',
		properties: [{ id: 'plan' }]
	});
	const order = now.eventTypes.get('order_placed')!;
	expect(order.name).toBe('Placed order');
	expect(order.properties.map(({ id }) => id)).toContain('shop');
});

test('what somebody has named since keeps its name, and choices of both stay', async () => {
	const { app, workspace } = open();
	workspace.putTag('t1', 'Very important');
	workspace.putField({
		id: 'plan',
		name: 'Subscription',
		type: 'select',
		options: [{ id: 'free', name: 'Free' }]
	});
	await adopt(app, 'first', definitions);
	const now = workspace.definitions;
	expect(now.tags.get('t1')).toBe('Very important');
	expect(now.fields.get('plan')).toMatchObject({
		name: 'Subscription',
		options: [
			{ id: 'free', name: 'Free' },
			{ id: 'pro', name: 'Pro' }
		]
	});
});
