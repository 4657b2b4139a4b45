import type { Container } from './refusal';

/** Encodings a person may choose from; every label is one of `TextDecoder`. */
export const charsets: readonly { readonly id: string; readonly name: string }[] = [
	{ id: 'utf-8', name: 'UTF-8' },
	{ id: 'windows-1252', name: 'Western (Windows-1252)' },
	{ id: 'windows-1250', name: 'Central European (Windows-1250)' },
	{ id: 'windows-1251', name: 'Cyrillic (Windows-1251)' },
	{ id: 'windows-1253', name: 'Greek (Windows-1253)' },
	{ id: 'windows-1254', name: 'Turkish (Windows-1254)' },
	{ id: 'macintosh', name: 'Mac Roman' },
	{ id: 'utf-16le', name: 'UTF-16' },
	{ id: 'utf-16be', name: 'UTF-16, big-endian' },
	{ id: 'shift_jis', name: 'Japanese (Shift JIS)' },
	{ id: 'euc-jp', name: 'Japanese (EUC)' },
	{ id: 'euc-kr', name: 'Korean (EUC)' },
	{ id: 'big5', name: 'Chinese, traditional (Big5)' },
	{ id: 'gb18030', name: 'Chinese, simplified (GB 18030)' }
];

/** The charset that the first bytes of a file give away by themselves. */
export function charsetOfStart(bytes: Uint8Array): string | undefined {
	const [a, b, c] = bytes;
	if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
	if (a === 0xff && b === 0xfe) return 'utf-16le';
	if (a === 0xfe && b === 0xff) return 'utf-16be';
	return utf16WithoutMark(bytes);
}

/** In text of mostly Latin letters every other byte of UTF-16 is zero, and in no other charset any is. */
function utf16WithoutMark(bytes: Uint8Array): string | undefined {
	const pairs = Math.min(bytes.length, 4096) >> 1;
	if (pairs < 4) return;
	let [even, odd] = [0, 0];
	for (let i = 0; i < pairs; i++) {
		if (bytes[2 * i] === 0) even++;
		if (bytes[2 * i + 1] === 0) odd++;
	}
	if (odd > pairs * 0.4 && even < pairs * 0.05) return 'utf-16le';
	if (even > pairs * 0.4 && odd < pairs * 0.05) return 'utf-16be';
	return;
}

/** What a file is by its first bytes, if it is not text. A few NUL bytes alone are no reason: they are told by row. */
export function containerOf(bytes: Uint8Array): Container | undefined {
	const starts = (...signature: number[]) => signature.every((byte, i) => bytes[i] === byte);
	if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0xd0, 0xcf, 0x11, 0xe0)) return 'workbook';
	if (starts(0x37, 0x7a, 0xbc, 0xaf) || starts(0x52, 0x61, 0x72, 0x21)) return 'archive';
	if (starts(0x1f, 0x8b)) return 'gzip';
	if (starts(0x25, 0x50, 0x44, 0x46)) return 'pdf';
	if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46, 0x38))
		return 'picture';
	if (charsetOfStart(bytes)) return;
	const start = bytes.subarray(0, 4096);
	const controls = start.filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length;
	return controls > start.length * 0.1 ? 'unknown' : undefined;
}

/** A charset that a detector named, as one that `TextDecoder` reads and a person can choose. */
export function knownCharset(name: string | null): string {
	const same: Record<string, string> = {
		'iso-8859-1': 'windows-1252',
		'iso-8859-2': 'windows-1250',
		'iso-8859-5': 'windows-1251',
		'iso-8859-7': 'windows-1253',
		'iso-8859-9': 'windows-1254',
		'koi8-r': 'windows-1251'
	};
	const label = (name ?? '').toLowerCase();
	const id = same[label] ?? label;
	return charsets.some((charset) => charset.id === id && !id.startsWith('utf'))
		? id
		: 'windows-1252';
}
