/**
 * What the file system of `opfs-ahp` knows of its files is one text: a JSON object, then a line of JSON for each change
 * since. It renews the object by emptying the file and writing it again; a worker that dies in between leaves nothing,
 * and with it every file is lost. So a copy is written first, and this is what to open with.
 *
 * Gives the text to put in place of `text`, or undefined if that is sound, or there is nothing better.
 */
export function repairedState(text: string, copy: string): string | undefined {
	const [first = '', ...changes] = text.split('\n');
	if (!isJson(first)) return isJson(copy) ? copy : undefined;
	// A change cut short was never answered for; those before it hold.
	const broken = changes.findIndex((line) => line !== '' && !isJson(line));
	return broken < 0 ? undefined : `${[first, ...changes.slice(0, broken)].join('\n')}\n`;
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
