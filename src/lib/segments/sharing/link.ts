import { jsonFrom } from '$lib/json';
import { PortableWorkspace } from '$lib/portable/workspace';
import { err, ok, type Result } from '$lib/result';
import { bytesFrom, toBase64Url } from '$lib/sync/base64';
import { firstAlone } from './shared-segment';

/** Unpacked, in bytes: no rule comes near it, and nobody can fill the memory with a few letters. */
const most = 1024 * 1024;

/**
 * The part of an address behind the `#` that holds a shared segment: no server sees it. Deflated JSON in base64 for
 * addresses.
 */
export async function shareAddress(shared: PortableWorkspace): Promise<string> {
	const text = new Blob([JSON.stringify(shared)]).stream();
	const packed = await new Response(
		text.pipeThrough(new CompressionStream('deflate-raw'))
	).arrayBuffer();
	return `/share?s=${toBase64Url(new Uint8Array(packed))}`;
}

/** Reads what `shareAddress` wrote. Anybody can write such a link: of what is in it, only the one segment is taken. */
export async function sharedIn(text: string): Promise<Result<PortableWorkspace, 'unreadable'>> {
	const packed = bytesFrom(text);
	if (!packed.ok) return err('unreadable');
	const json = await unpacked(packed.value);
	const shared = PortableWorkspace.safeParse(jsonFrom(json));
	return shared.success && shared.data.segments.length > 0
		? ok(firstAlone(shared.data))
		: err('unreadable');
}

async function unpacked(bytes: Uint8Array): Promise<string | undefined> {
	const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
		.stream()
		.pipeThrough(new DecompressionStream('deflate-raw'));
	let size = 0;
	let text = '';
	const decoder = new TextDecoder();
	const reader = stream.getReader();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return text + decoder.decode();
			size += value.length;
			if (size > most) return void (await reader.cancel());
			text += decoder.decode(value, { stream: true });
		}
	} catch {
		return; // cut off, or none of ours
	}
}
