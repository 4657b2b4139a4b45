import { canonical } from '$lib/json';
import { sha256 } from '$lib/sha256';
import type { Frozen } from './run';

/** SHA-256 of what a frozen audience was chosen by and gets, whatever the order of its keys. */
export function definitionHash({ definition, ask, variants, moment }: Frozen): Uint8Array {
	const text = canonical({ definition, ask, variants, moment });
	const hash = sha256(new TextEncoder().encode(text));
	const bytes = new Uint8Array(32);
	const view = new DataView(bytes.buffer);
	for (const [i, word] of hash.entries()) view.setUint32(4 * i, word);
	return bytes;
}
