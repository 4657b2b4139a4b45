/**
 * What text is compared by, everywhere: NFC, trimmed, lower case code point by code point, NFC again; accents
 * matter. Made here and stored beside the value, since engines and servers disagree on `lower()`.
 * `''` means that there is no value.
 */
export function textKey(text: string): string {
	const trimmed = text.normalize('NFC').trim();
	// For plain ASCII all of it is `toLowerCase`, and most values are plain ASCII.
	if (/^[\x20-\x7e]*$/.test(trimmed)) return trimmed.toLowerCase();
	return Array.from(trimmed, (c) => c.toLowerCase())
		.join('')
		.normalize('NFC');
}
