/** Saves a blob as a file, the way every browser can. A `File` keeps its own name. */
export function download(
	blob: Blob,
	name: string = blob instanceof File ? blob.name : 'download'
): void {
	const url = URL.createObjectURL(blob);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The browser reads the blob after the click; a minute is enough even for a slow disk.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
