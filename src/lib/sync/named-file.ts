/** Bytes before the name: how many it has, big-endian. */
const head = 2;

/** A file with its name in front, for one that is sealed as a whole. */
export function named(file: File): Blob {
	const name = new TextEncoder().encode(file.name.slice(0, 200));
	const length = new Uint8Array(head);
	new DataView(length.buffer).setUint16(0, name.length);
	return new Blob([length, name, file]);
}

/** The file again; nothing where there is none. */
export async function unnamed(blob: Blob): Promise<File | undefined> {
	const length = await blob.slice(0, head).arrayBuffer();
	if (length.byteLength < head) return;
	const start = head + new DataView(length).getUint16(0);
	if (blob.size < start) return;
	return new File([blob.slice(start)], await blob.slice(head, start).text());
}
