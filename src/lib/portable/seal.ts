import * as z from 'zod/mini';
import { hexOf, Sha256 } from '$lib/sha256';
import { lineKeys, parts, type Part } from './parts';
import { BadSource, version } from './source';

/** By which a file of lines is known to be whole: how many lines each part has, and their hash. */
export interface Seal {
	readonly counts: Readonly<Partial<Record<Part, number>>>;
	/** Lower-case hex digits, over each line as it stands and one `\n` after it, in UTF-8. */
	readonly sha256: Readonly<Partial<Record<Part | 'workspace', string>>>;
}

const Seals = z.object({
	counts: z.optional(z.record(z.string(), z.number())),
	sha256: z.optional(z.record(z.string(), z.string()))
});

/** Counts and hashes the lines of a file, in whatever order its parts come. */
export class Sealer {
	readonly #counts = new Map<string, number>();
	readonly #hashes = new Map<string, Sha256>();
	readonly #encoder = new TextEncoder();

	/** Lines of one part, each with its line end. */
	add(part: Part | 'workspace', lines: string, count: number): void {
		this.#counts.set(part, this.count(part) + count);
		const hash = this.#hashes.get(part) ?? new Sha256();
		this.#hashes.set(part, hash.add(this.#encoder.encode(lines)));
	}

	count(part: string): number {
		return this.#counts.get(part) ?? 0;
	}

	/** When all lines were added; nothing can be after it. */
	end(): Seal {
		const counts = parts.flatMap((part) =>
			this.count(part) > 0 || always.has(part) ? [[part, this.count(part)] as const] : []
		);
		const hashes = [...this.#hashes].map(([part, hash]) => [part, hexOf(hash.end())] as const);
		return { counts: Object.fromEntries(counts), sha256: Object.fromEntries(hashes) };
	}
}

const always: ReadonlySet<Part> = new Set(['contacts', 'events'] as const);

/** The first line of a file, as long whatever it says: it is written last, over a blank one. */
export function manifestLine(made: string, seal: Seal): string {
	const text = JSON.stringify({ format: 'winnow', version, made, ...seal });
	return text.padEnd(manifestLength, ' ');
}

/** What stands there until all is written. A file that was left at that is refused. */
export const unfinishedLine = (): string =>
	JSON.stringify({ format: 'winnow', unfinished: true }).padEnd(manifestLength, ' ');

/** With room for every part, and for more of each than there can be. */
const manifestLength = JSON.stringify({
	...{ format: 'winnow', version, made: '2026-01-31T12:00:00.000Z' },
	counts: Object.fromEntries(parts.map((part) => [part, Number.MAX_SAFE_INTEGER])),
	sha256: Object.fromEntries(['workspace', ...parts].map((part) => [part, '0'.repeat(64)]))
}).length;

/** Whether the file says how much there must be of it. One made by hand need not. */
export const isSealed = ({ counts, sha256 }: Readonly<Record<string, unknown>>): boolean =>
	counts !== undefined || sha256 !== undefined;

/** How many there are of all parts, by what the first line says. */
export function totalIn(manifest: Readonly<Record<string, unknown>>): number | undefined {
	const { counts } = Seals.safeParse(manifest).data ?? {};
	return counts && parts.reduce((sum, part) => sum + (counts[part] ?? 0), 0);
}

/** Holds the lines that were found to what the first line says of them. */
export function checkSeal(
	manifest: Readonly<Record<string, unknown>>,
	found: Sealer,
	at: string
): void {
	const said = Seals.safeParse(manifest);
	if (!said.success) throw new BadSource(`${at}: "counts" or "sha256" do not read. ${remedy}`);
	const { counts, sha256 } = said.data;
	for (const part of parts) {
		const [says, has] = [counts?.[part] ?? 0, found.count(part)];
		if (counts && says !== has)
			throw new BadSource(
				`${at}: it says ${says} ${part} and has ${has}: the file was cut or altered. ${remedy}`
			);
	}
	const hashes = found.end().sha256;
	for (const part of ['workspace', ...parts] as const)
		if (sha256 && sha256[part] !== hashes[part])
			throw new BadSource(
				`${at}: the lines of "${part}" are not as they were written: the file was altered. ${remedy}`
			);
}

const remedy = 'Use another copy of it, or take out "counts" and "sha256" to read it as it is.';

/** Which part a line is of: what its first key says. */
export function partOf(line: string): Part | 'workspace' | undefined {
	const [, key] = /^\s*\{\s*"(\w+)"\s*:/.exec(line) ?? [];
	return key === undefined ? undefined : partsByKey.get(key);
}

const partsByKey: ReadonlyMap<string, Part | 'workspace'> = new Map([
	['workspace', 'workspace'],
	...parts.map((part): [string, Part] => [lineKeys[part], part])
]);
