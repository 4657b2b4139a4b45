/**
 * A 32-bit checksum of whole words, carried on from one array to the next. Every step can be undone, so one altered word
 * is always noticed; anything else but once in 4 billion times. Four lanes, since a word waits for the one before.
 */
export function checksum(words: Int32Array, before = 0): number {
	let [a, b, c, d] = [before ^ words.length, 0x3c6ef372, 0x510e527f, 0x1f83d9ab];
	const whole = words.length & ~3;
	for (let i = 0; i < whole; i += 4) {
		a = stirred(a ^ words[i]!);
		b = stirred(b ^ words[i + 1]!);
		c = stirred(c ^ words[i + 2]!);
		d = stirred(d ^ words[i + 3]!);
	}
	for (let i = whole; i < words.length; i++) a = stirred(a ^ words[i]!);
	return stirred(stirred(stirred(a) ^ b) ^ c) ^ d;
}

/** Turned as well, or the highest bit of a word would go no further. */
function stirred(word: number): number {
	const product = Math.imul(word, 0x9e3779b1);
	return (product << 13) | (product >>> 19);
}
