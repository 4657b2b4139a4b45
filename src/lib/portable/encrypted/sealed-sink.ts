import type { Sink } from '$lib/exports/sink';
import { Cutter } from './cutter';
import { headOf } from './head';
import { newSalt, partCipher, partLength, tagLength } from './part-cipher';
import type { Locked } from './passphrase';

/** Where the text of a file goes. */
export interface TextSink {
	write(text: string): Promise<void>;
	/** `head` is written over the beginning, over as many characters of ASCII. */
	end(head: string | undefined): Promise<void>;
}

export const plainSink = (sink: Sink): TextSink => ({
	write: async (text) => sink.write(text),
	async end(head) {
		if (head) sink.rewrite(head);
	}
});

/**
 * Seals what is written, as `sealedStream` does, behind a line that says how it is opened. The first part is sealed
 * last, because its beginning is known only then; its place is kept meanwhile.
 */
export async function sealedSink(
	sink: Sink,
	{ lock, key }: Locked,
	made: string
): Promise<TextSink> {
	const { bytes: head } = headOf(lock, made);
	const salt = newSalt();
	const cipher = await partCipher(key, salt, head);
	const cutter = new Cutter(partLength);
	const encoder = new TextEncoder();
	let first: Uint8Array<ArrayBuffer> | undefined;
	let index = 0;

	const place = (part: Uint8Array) => {
		const whole = new Uint8Array(head.length + salt.length + part.length);
		whole.set(head);
		whole.set(salt, head.length);
		whole.set(part, head.length + salt.length);
		return whole;
	};
	return {
		async write(text) {
			for (const part of cutter.push(encoder.encode(text))) {
				if (index > 0) sink.write(await cipher.seal(part, index, false));
				else {
					first = part;
					sink.write(place(new Uint8Array(partLength + tagLength)));
				}
				index++;
			}
		},
		async end(beginning) {
			const last = cutter.rest();
			(first ?? last).set(encoder.encode(beginning ?? ''));
			if (!first) return sink.write(place(await cipher.seal(last, 0, true)));
			sink.write(await cipher.seal(last, index, true));
			sink.rewrite(place(await cipher.seal(first, 0, false)));
		}
	};
}
