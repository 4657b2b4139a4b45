import { parts, type Part } from './parts';
import { BadSource, checkFormat, madeIn, parse, type Found, type Source } from './source';

/** A workspace as one JSON document, which is held in memory whole. */
export function openDocument(name: string, text: string): Source {
	const file = parse(text, name);
	checkFormat(file, name);
	const lengths = parts.map((part) => (Array.isArray(file[part]) ? file[part].length : 0));
	return {
		...{ name, workspace: file.workspace, made: madeIn(file) },
		total: lengths.reduce((sum, length) => sum + length, 0),
		async *each(part: Part): AsyncGenerator<Found> {
			const values = file[part] ?? [];
			if (!Array.isArray(values)) throw new BadSource(`${name}: "${part}" is not a list.`);
			for (const [i, value] of values.entries()) yield { at: `${name}: ${part}[${i}]`, value };
		}
	};
}
