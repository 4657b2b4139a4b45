import { lineKeys, type Batch, type Part } from './parts';
import { manifestLine, Sealer, unfinishedLine } from './seal';
import { version } from './source';

/** Writes a workspace bit by bit: its text is what `begin` gives, then that of each batch, then `end`. */
export interface WorkspaceWriter {
	begin(workspace: unknown): string;
	/** Batches of one part follow each other. */
	add(batch: Batch): string;
	end(): string;
	/** What must stand at the very beginning once all is written, over as many characters of ASCII; if anything. */
	head?(): string;
}

/** One JSON document, with a value a line, so that two of them can be compared. */
export function documentWriter(made: string): WorkspaceWriter {
	let open: Part | undefined;
	return {
		begin: (workspace) =>
			`{"format":"winnow","version":${version},"made":${JSON.stringify(made)},\n"workspace":${JSON.stringify(workspace)}`,
		add({ part, values }) {
			const text = values.map((value) => JSON.stringify(value)).join(',\n');
			if (part === open) return `,\n${text}`;
			const closed = open ? '\n]' : '';
			open = part;
			return `${closed},\n"${part}":[\n${text}`;
		},
		end: () => `${open ? '\n]' : ''}}\n`
	};
}

/** One JSON object a line, and in front how many there are and their hashes. */
export function linesWriter(made: string): WorkspaceWriter {
	const sealer = new Sealer();
	return {
		begin(workspace) {
			const line = `${JSON.stringify({ workspace })}\n`;
			sealer.add('workspace', line, 1);
			return `${unfinishedLine()}\n${line}`;
		},
		add({ part, values }) {
			const key = lineKeys[part];
			const lines = values.map((value) => `{"${key}":${JSON.stringify(value)}}\n`).join('');
			sealer.add(part, lines, values.length);
			return lines;
		},
		end: () => '',
		head: () => manifestLine(made, sealer.end())
	};
}
