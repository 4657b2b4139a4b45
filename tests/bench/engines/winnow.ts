import type { Rule } from '../../../src/lib/rules/rule';
import type { DataSize } from '../data';
import type { BenchEngine } from './engine';
import type { WinnowApi } from './page/page';
import { dearest, segmentIds, segments } from './segments';
import { openBench, type Bench } from './site';
import type { WinnowLoaded } from './winnow-load';
import { affected } from './writes';

export interface WinnowBench extends BenchEngine {
	readonly bench: Bench;
	loaded(): WinnowLoaded;
	/** Has what the segments ask held in memory; milliseconds. */
	settle(): Promise<number>;
	ask<M extends keyof WinnowApi>(
		method: M,
		...args: Parameters<WinnowApi[M]>
	): Promise<Awaited<ReturnType<WinnowApi[M]>>>;
}

/** The app's own engine on a bare page. */
export async function openWinnow(): Promise<WinnowBench> {
	const bench = await openBench('winnow');
	let loaded: WinnowLoaded | undefined;
	const ask: WinnowBench['ask'] = (method, ...args) =>
		bench.page.evaluate(([method, args]) => window.winnow(method, ...(args as never)) as never, [
			method,
			args
		] as const);
	return {
		name: 'Winnow',
		bench,
		ask,
		loaded: () => loaded!,
		async load(size: DataSize) {
			loaded = await ask('load', size);
			const { contacts, events, mergeContacts, mergeEvents, tidy } = loaded;
			return { contacts, events, ready: mergeContacts + mergeEvents + tidy };
		},
		settle() {
			const asked: Rule[] = segmentIds.map((id) => segments[id].rule(0));
			return ask('settle', [...asked, dearest(0), ...affected]);
		},
		count: (segment, variant) => ask('count', segments[segment].rule(variant)),
		close: () => bench.close()
	};
}

/** Winnow's own database, asked each rule in one statement of its own compiler. */
export const pgliteOf = ({ ask }: WinnowBench): BenchEngine => ({
	name: 'PGlite',
	load: async () => ({ contacts: 0, events: 0, ready: 0 }),
	count: (segment, variant) => ask('countWhole', segments[segment].rule(variant)),
	close: async () => {}
});
