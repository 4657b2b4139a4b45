import { lineKeys, type Part } from './parts';
import { checkSeal, isSealed, partOf, Sealer, totalIn } from './seal';
import { BadSource, checkFormat, madeIn, parse, type Found, type Source } from './source';

/** The text of a file from its beginning, in pieces; asked for once for each part. */
export type Text = () => AsyncIterable<string>;

/**
 * A workspace with one JSON object a line: what it is, then `{"workspace": …}`, `{"contact": …}`, `{"event": …}` and so
 * on. If its first line has counts and hashes, the whole file is held to them before anything else.
 */
export async function openLines(name: string, text: Text): Promise<Source> {
	let manifest: Record<string, unknown> | undefined;
	let workspace: unknown;
	const found = new Sealer();
	for await (const { at, line } of linesOf(name, text)) {
		if (!manifest) {
			manifest = manifestOf(line, at);
			continue;
		}
		const part = partOf(line);
		if (part === 'workspace') workspace ??= parse(line, at).workspace;
		if (part && isSealed(manifest)) found.add(part, `${line}\n`, 1);
		else if (workspace !== undefined && !isSealed(manifest)) break;
	}
	if (!manifest) throw new BadSource(`${name}: this file is empty.`);
	const sealed = isSealed(manifest);
	if (sealed) checkSeal(manifest, found, name);
	return {
		...{ name, workspace, made: madeIn(manifest) },
		total: totalIn(manifest),
		async *each(part: Part): AsyncGenerator<Found> {
			// What was counted and is not there need not be looked for.
			if (sealed && found.count(part) === 0) return;
			for await (const { at, line } of linesOf(name, text))
				if (partOf(line) === part) yield { at, value: parse(line, at)[lineKeys[part]] };
		}
	};
}

function manifestOf(line: string, at: string): Record<string, unknown> {
	const manifest = parse(line, at);
	if (manifest.format === 'winnow' && manifest.unfinished === true)
		throw new BadSource(`${at}: this file was not written to its end. Save the workspace again.`);
	checkFormat(manifest, at);
	return manifest;
}

/** The lines that are not blank, without their ends. */
async function* linesOf(
	name: string,
	text: Text
): AsyncGenerator<{ readonly at: string; readonly line: string }> {
	let number = 0;
	let rest = '';
	const told = (line: string) => ({
		at: `${name}:${number}`,
		line: line.endsWith('\r') ? line.slice(0, -1) : line
	});
	for await (const piece of text()) {
		const lines = (rest + piece).split('\n');
		rest = lines.pop()!; // of a text there is always one
		for (const line of lines) {
			number++;
			if (line.trim() !== '') yield told(line);
		}
	}
	number++;
	if (rest.trim() !== '') yield told(rest);
}
