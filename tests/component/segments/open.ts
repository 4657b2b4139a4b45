import '../ui/ready';
import { Blob } from 'node:buffer';
import { render } from '@testing-library/svelte';
import type { Component } from 'svelte';
import * as Y from 'yjs';
import { App } from '$lib/app.svelte';
import { createApi, type EngineApi } from '$lib/engine/api';
import type { Engine } from '$lib/engine/engine';
import type { EngineNews } from '$lib/engine/protocol';
import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';
import { Workspace } from '$lib/workspace/workspace.svelte';
import { definitions, moment, people } from '../../fixtures/people';
import type { Population } from '../../fixtures/population';
import WithApp from './WithApp.svelte';
import { alone } from '../alone';

// jsdom lays nothing out; a list draws only what there is room for.
for (const side of ['offsetWidth', 'offsetHeight', 'clientHeight'])
	Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => 600 });

/** An app that asks a real database, without a worker between, about the fixtures' people. */
export interface Opened {
	readonly app: App;
	/** Shows a component with the app. */
	show<P extends Record<string, unknown>>(component: Component<P>, props: P): void;
	close(): void;
}

export async function open(population: Population): Promise<Opened> {
	await population.fill(people, definitions);
	const { api, listeners } = workerOf(population);
	const call = async (method: keyof EngineApi, ...args: never[]) =>
		(api[method] as (...args: never[]) => unknown)(...args.map(cloned));
	const engine = {
		call,
		callWith: (_: unknown, ...rest: [keyof EngineApi, ...never[]]) => call(...rest),
		onnews(listener: (news: EngineNews) => void) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		onstate: () => () => {},
		state: { status: 'ready', info: { store: 'opfs-ahp' } },
		close() {}
	} as unknown as Engine;

	let now = moment.now;
	const workspace = new Workspace(new Y.Doc(), { by: 'me', now: () => now++ });
	workspace.putSettings({ zone: moment.zone });
	for (const [id, name] of definitions.tags) workspace.putTag(id, name);
	const app = new App(workspace, engine, alone, () => moment.now);
	return {
		app,
		show: (component, props) => {
			render(WithApp, { props: { app, component: component as never, props } });
		},
		close: app.close
	};
}

/** As a message would have it. A file goes as it is: Node's clone of one has lost its name. */
const cloned = <T>(arg: T): T => (arg instanceof Blob ? arg : structuredClone(arg));

const workers = new WeakMap<Population, Worker>();

interface Worker {
	readonly api: EngineApi;
	readonly listeners: Set<(news: EngineNews) => void>;
}

/** One for all tests of a population: its cached members live through changes, as a real worker's do. */
function workerOf(population: Population): Worker {
	const known = workers.get(population);
	if (known) return known;
	const listeners: Worker['listeners'] = new Set();
	const api = createApi(population.database, (news) =>
		listeners.forEach((listener) => listener(news))
	);
	const worker = { api, listeners };
	workers.set(population, worker);
	return worker;
}

export const is = (
	id: string,
	condition: { kind: string } & Record<string, unknown>
): DraftRule => ({
	type: 'condition',
	id: NodeId.parse(id),
	condition
});
export const group = (id: string, match: string, ...children: DraftRule[]): DraftGroup => ({
	type: 'group',
	id: NodeId.parse(id),
	match,
	children
});
export const all = (...children: DraftRule[]): DraftGroup => group(rootId, 'all', ...children);

/** Of the fixtures' people, who are not archived: CH are ada and cy, vip are ada and dee. */
export const swiss = is('swiss', {
	kind: 'field',
	field: 'country',
	of: 'text',
	test: { operator: 'isAnyOf', values: ['CH'] }
});
export const vip = is('vip', { kind: 'tag', test: { operator: 'anyOf', tags: ['t-vip'] } });

/** A segment, saved unless told otherwise; gives its id. */
export function addSegment(
	{ workspace }: App,
	name: string,
	rule: DraftGroup,
	saved = true
): string {
	const made = workspace.createSegment(name, rule);
	if (!made.ok) throw new Error(JSON.stringify(made.error));
	if (saved) workspace.saveSegment(made.value);
	return made.value;
}
