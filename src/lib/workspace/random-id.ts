const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A random id of base-62 letters: 8 for a node (unique in its segment), 10 for what is unique in a workspace. */
export function randomId(length: number): string {
	let id = '';
	while (id.length < length) {
		for (const byte of crypto.getRandomValues(new Uint8Array(length * 2)))
			// 248 = 4 · 62: what is above would favour the first letters.
			if (byte < 248 && id.length < length) id += letters[byte % 62];
	}
	return id;
}
