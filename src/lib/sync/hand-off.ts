import { pause } from '$lib/pause';
import { err, ok, type Result } from '$lib/result';
import { askRelay, type AskFailure } from './ask';
import { bytesFrom, toBase64Url } from './base64';
import type { HandOff } from './hand-off-link';
import { named, unnamed } from './named-file';
import { limits } from './protocol';
import { measured, partBytes, partKey, sealPart, unsealPart } from './sealed-part';
import { newKey } from './workspace-key';

/**
 * - `cancelled`: by the person
 * - `broken`: a part does not open: another key, or somebody altered it
 */
export type HandOffFailure = AskFailure | { readonly type: 'cancelled' | 'broken' };

/** Bytes of what goes over the wire. */
export type OnProgress = (done: number, total: number) => void;

/** A file on its way through a relay. What failed goes on where it stopped when it is run again. */
export interface Sending {
	run(signal: AbortSignal, onprogress: OnProgress): Promise<Result<HandOff, HandOffFailure>>;
	/** Has the relay delete what it has of it; whether it did. */
	takeBack(): Promise<boolean>;
}

export interface Receiving {
	/** Bytes, as long as it is there to be taken. */
	size(): Promise<Result<number, HandOffFailure>>;
	/** All of the file, every part of it checked. The relay still has it. */
	run(signal: AbortSignal, onprogress: OnProgress): Promise<Result<File, HandOffFailure>>;
	/** It is here: the relay deletes it; whether it did. */
	done(): Promise<boolean>;
}

/** How often a part is tried, how long is waited before it is tried again (doubled each time), and for an answer. */
export interface Patience {
	readonly tries: number;
	readonly pause: number;
	readonly timeout: number;
}
/** 4 MiB take half a minute where a line is slow. */
const usual: Patience = { tries: 5, pause: 500, timeout: 120_000 };

/** Seals a file with a key of its own, part by part, and leaves it with a relay for three days. */
export function sendFile(
	sent: File,
	relay: string,
	token: () => Promise<Result<string, AskFailure>>,
	patience = usual
): Sending {
	const file = named(sent);
	const { parts, size } = measured(file.size);
	const raw = newKey();
	const key = partKey(raw);
	let blob: string | undefined;
	let next = 0;

	return {
		async run(signal, onprogress) {
			const ask = askRelay(relay, patience);
			try {
				onprogress(Math.min(size, next * limits.blobPart), size);
				if (blob === undefined) {
					const asking = await token();
					if (!asking.ok) return asking;
					const made = await ask.call('putBlob', { token: asking.value, size, parts });
					if (!made.ok) return made;
					blob = made.value.blob;
				}
				for (; next < parts; next++) {
					const bytes = await file.slice(next * partBytes, (next + 1) * partBytes).arrayBuffer();
					const place = { blob, part: next, parts };
					const sealed = await sealPart(await key, place, new Uint8Array(bytes));
					const put = await again(() => ask.put({ ...place, bytes: sealed }), signal, patience);
					if (!put.ok) return put;
					onprogress(Math.min(size, (next + 1) * limits.blobPart), size);
				}
				return ok({ relay, blob, key: toBase64Url(raw) });
			} finally {
				ask.close();
			}
		},
		takeBack: () => forget(relay, blob)
	};
}

/** Fetches what `sendFile` left. */
export function receiveFile({ relay, blob, key: text }: HandOff, patience = usual): Receiving {
	/** What is here already, opened. */
	const opened: Blob[] = [];
	let whole: { size: number; parts: number } | undefined;

	async function look(ask: ReturnType<typeof askRelay>): Promise<Result<number, HandOffFailure>> {
		const found = await ask.call('getBlob', { blob });
		if (!found.ok) return found;
		const { size, parts } = found.value;
		if (parts !== Math.ceil(size / limits.blobPart)) return err({ type: 'broken' });
		whole = { size, parts };
		return ok(size);
	}

	return {
		async size() {
			const ask = askRelay(relay, patience);
			const size = await look(ask);
			ask.close();
			return size;
		},
		async run(signal, onprogress) {
			const raw = bytesFrom(text);
			if (!raw.ok || raw.value.length !== 32) return err({ type: 'broken' });
			const key = await partKey(raw.value);
			const ask = askRelay(relay, patience);
			try {
				if (!whole) {
					const size = await look(ask);
					if (!size.ok) return size;
				}
				const { size, parts } = whole!;
				onprogress(opened.length * limits.blobPart, size);
				while (opened.length < parts) {
					const part = opened.length;
					const taken = await again(() => ask.take(blob, part), signal, patience);
					if (!taken.ok) return taken;
					const bytes = await unsealPart(key, { blob, part, parts }, taken.value);
					if (!bytes.ok) return err({ type: 'broken' });
					// A blob, which the browser may keep on disk: all of them may be more than memory holds.
					opened.push(new Blob([new Uint8Array(bytes.value)]));
					onprogress(Math.min(size, opened.length * limits.blobPart), size);
				}
				const file = await unnamed(new Blob(opened));
				return file ? ok(file) : err({ type: 'broken' });
			} finally {
				ask.close();
			}
		},
		done: () => forget(relay, blob)
	};
}

/** Where the relay does not hear it, it deletes the blob by itself in time. */
async function forget(relay: string, blob: string | undefined): Promise<boolean> {
	if (blob === undefined) return true;
	const ask = askRelay(relay);
	const answer = await ask.call('doneBlob', { blob });
	ask.close();
	return answer.ok || answer.error.type === 'unknown';
}

/** Tries again what a broken connection or a busy relay prevented. */
async function again<T>(
	work: () => Promise<Result<T, AskFailure>>,
	signal: AbortSignal,
	{ tries, pause: first }: Patience
): Promise<Result<T, HandOffFailure>> {
	for (let left = tries - 1; ; left--) {
		if (signal.aborted) return err({ type: 'cancelled' });
		const answer = await work();
		if (answer.ok || left === 0 || !passing.has(answer.error.type)) return answer;
		await pause(first * 2 ** (tries - 1 - left), signal).catch(() => undefined);
	}
}

const passing: ReadonlySet<AskFailure['type']> = new Set(['unreachable', 'unavailable', 'tooMany']);
