/**
 * A 128-bit hash of text, as four unsigned numbers: MurmurHash3 (x86, 128 bits) over its UTF-16 code units. It gives
 * events without an id one that is the same on every import. It does not guard against somebody who wants two texts to
 * collide; WebCrypto would, and it answers in promises, one a row, which takes minutes for a million of them.
 */
export function hash128(text: string): Uint32Array {
	const h = [0, 0, 0, 0] as [number, number, number, number];
	const blocks = text.length >>> 3;
	for (let i = 0; i < blocks; i++) mix(h, text, i * 8);
	const rest = text.length & 7;
	if (rest > 0) tail(h, text.slice(-rest).padEnd(8, '\0'));

	for (let i = 0; i < 4; i++) h[i]! ^= text.length;
	spread(h);
	for (let i = 0; i < 4; i++) h[i] = final(h[i]!);
	spread(h);
	return Uint32Array.from(h);
}

type State = [number, number, number, number];

const keys = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const;
const turns = [15, 16, 17, 18] as const;
const after = [
	[19, 0x561ccd1b],
	[17, 0x0bcaa747],
	[15, 0x96cd1c35],
	[13, 0x32ac3b17]
] as const;

function mix(h: State, text: string, at: number): void {
	for (let lane = 0; lane < 4; lane++) {
		h[lane]! ^= scrambled(word(text, at + lane * 2), lane);
		const [turn, plus] = after[lane]!;
		h[lane] = (Math.imul(rotated(h[lane]!, turn) + h[(lane + 1) & 3]!, 5) + plus) | 0;
	}
}

function tail(h: State, text: string): void {
	for (let lane = 0; lane < 4; lane++) h[lane]! ^= scrambled(word(text, lane * 2), lane);
}

const word = (text: string, at: number): number =>
	text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);

const scrambled = (word: number, lane: number): number =>
	Math.imul(rotated(Math.imul(word, keys[lane]!), turns[lane]!), keys[(lane + 1) & 3]!);

const rotated = (n: number, by: number): number => (n << by) | (n >>> (32 - by));

function spread(h: State): void {
	h[0] = (h[0] + h[1] + h[2] + h[3]) | 0;
	for (let i = 1; i < 4; i++) h[i] = (h[i]! + h[0]) | 0;
}

function final(n: number): number {
	n = Math.imul(n ^ (n >>> 16), 0x85ebca6b);
	n = Math.imul(n ^ (n >>> 13), 0xc2b2ae35);
	return n ^ (n >>> 16);
}

/** The hash in 28 letters and digits. */
export const hashText = (hash: Uint32Array): string =>
	Array.from(hash, (word) => word.toString(36).padStart(7, '0')).join('');
