/** How much somebody who looks after a relay should care. */
export type Weight = 'debug' | 'info' | 'warn' | 'error';

/** What may be said: sizes, counts, ids and codes, never what somebody wrote, a token or a secret. */
export type Detail = string | number | boolean | null | undefined | readonly string[];

/** One line of JSON for each thing that happened, on stderr. */
export function say(
	weight: Weight,
	event: string,
	details: Readonly<Record<string, Detail>> = {}
): void {
	const line = JSON.stringify({ at: new Date().toISOString(), weight, event, ...details });
	process.stderr.write(`${line}\n`);
}

/** What an error says of itself, cut short: some put what they could not read into it. */
export function whyOf(error: unknown): string {
	const why = error instanceof Error ? error.message || error.name : String(error);
	return why.slice(0, 200);
}

/** What the libraries print becomes lines too, without what they print beside the first words. */
export function takeConsole(): void {
	const line =
		(weight: Weight) =>
		(...parts: unknown[]) => {
			const error = parts.find((part) => part instanceof Error);
			const text = parts.find((part) => typeof part === 'string');
			say(weight, 'library', { text: text && whyOf(text), why: error && whyOf(error) });
		};
	console.error = line('warn');
	console.warn = line('warn');
	console.log = line('debug');
}
