import type { App } from '$lib/app.svelte';
import { Latest } from '$lib/latest.svelte';
import { pause } from '$lib/pause';
import { bytesFrom, toBase64Url } from '$lib/sync/base64';
import { randomId } from '$lib/workspace/random-id';
import { registersOf } from '$lib/workspace/registers';
import {
	mostSuppressions,
	putSuppressionKey,
	putSuppressions,
	readSuppressionKeys,
	readSuppressions
} from '$lib/workspace/suppressions';

/** Hashes passed on at once, to the worker and in one transaction of the document. */
const batch = 2_000;

/** Milliseconds without a change after which it is looked. */
const rest = 1_500;

/**
 * Keeps what this device's contacts and its team know of suppressed addresses the same: nobody is written to here who
 * asked somebody else not to be. Addresses themselves are told to nobody.
 */
export class SuppressionExchange {
	readonly #app: Pick<App, 'workspace' | 'ask'>;
	/** Registers that the worker has. */
	readonly #learnt = new Set<string>();
	/** What was told, and under which key: no suppression is ever taken away, so their number says whether there are more. */
	#told = { key: '', count: 0 };

	constructor(app: Pick<App, 'workspace' | 'ask'>) {
		this.#app = app;
	}

	async run(): Promise<void> {
		await this.#tell();
		await this.#learn();
	}

	/** Hashes of what is suppressed here, as far as the document does not have them. */
	async #tell(): Promise<void> {
		const { workspace, ask } = this.#app;
		if (workspace.readOnly) return;
		const registers = registersOf(workspace.doc);
		const count = await ask('countSuppressions');
		if (count === 0) return;
		if (readSuppressionKeys(registers).length === 0) {
			const key = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
			workspace.gesture('Suppress', (edit) => putSuppressionKey(edit, randomId(8), key), false);
		}
		const [key, raw] = keysOf(readSuppressionKeys(registers))[0] ?? [];
		if (!key || !raw || (this.#told.key === key && this.#told.count === count)) return;
		const own = await ask('hashSuppressions', raw, mostSuppressions);
		const known = readSuppressions(registers);
		const lacking = own
			.filter(({ hash, why }) => !known.has(`${hash}/${why}`))
			.slice(0, Math.max(0, mostSuppressions - known.size));
		for (let from = 0; from < lacking.length; from += batch) {
			const some = lacking.slice(from, from + batch);
			const put = workspace.gesture('Suppress', (edit) => putSuppressions(edit, some), false);
			if (!put.ok) return; // read-only by now: told when it is not
			await pause(0);
		}
		this.#told = { key, count };
	}

	/** Whom others suppress is suppressed here, if they are here. */
	async #learn(): Promise<void> {
		const { workspace, ask } = this.#app;
		const registers = registersOf(workspace.doc);
		const fresh = [...readSuppressions(registers, this.#learnt)];
		// A document only ever gains hashes, and the worker has none but its: as many are the same.
		if (this.#learnt.size === 0 && fresh.length > 0)
			if ((await ask('countLearntSuppressions')) === fresh.length)
				for (const [name] of fresh.splice(0)) this.#learnt.add(name);
		for (let from = 0; from < fresh.length; from += batch) {
			const some = fresh.slice(from, from + batch);
			await ask(
				'learnSuppressions',
				crypto.randomUUID(),
				some.map(([, suppression]) => suppression)
			);
			for (const [name] of some) this.#learnt.add(name);
		}
		if (this.#learnt.size === 0) return;
		const keys = keysOf(readSuppressionKeys(registers)).map(([, raw]) => raw);
		await ask('matchSuppressions', crypto.randomUUID(), keys);
	}
}

const keysOf = (texts: readonly string[]): readonly (readonly [string, Uint8Array])[] =>
	texts.flatMap((text) => {
		const raw = bytesFrom(text);
		return raw.ok && raw.value.length === 32 ? [[text, raw.value] as const] : [];
	});

/** While it is there, suppressions are exchanged whenever contacts or the document changed. One tab at a time does it. */
export function watchSuppressions(app: App, namespace: string): void {
	const exchange = new SuppressionExchange(app);
	// What fails is made up for by the next.
	new Latest(
		() => ({
			dataVersion: app.dataVersion,
			suppressions: app.workspace.suppressionsVersion,
			readOnly: app.workspace.readOnly
		}),
		async (_, signal) => {
			await pause(rest, signal);
			await navigator.locks.request(`${namespace}:suppressions`, () => exchange.run());
		}
	);
}
