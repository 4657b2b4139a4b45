import { expect, test } from 'vitest';
import { charsetOfStart, containerOf, knownCharset } from '$lib/imports/file/charset';
import { columnNames } from '$lib/imports/file/header';

const utf16 = (text: string, littleEndian: boolean) =>
	new Uint8Array(
		[...text].flatMap((c) => {
			const code = c.charCodeAt(0);
			return littleEndian ? [code & 255, code >> 8] : [code >> 8, code & 255];
		})
	);

test('a mark at the start, or the zeros of UTF-16, give a charset away', () => {
	expect(charsetOfStart(new Uint8Array([0xef, 0xbb, 0xbf, 97]))).toBe('utf-8');
	expect(charsetOfStart(new Uint8Array([0xff, 0xfe, 97, 0]))).toBe('utf-16le');
	expect(charsetOfStart(utf16('email,name\nana@x.de,Zoë', true))).toBe('utf-16le');
	expect(charsetOfStart(utf16('email,name\nana@x.de,Zoë', false))).toBe('utf-16be');
	expect(charsetOfStart(new TextEncoder().encode('email\n'))).toBeUndefined();
});

test.each([
	[[0x50, 0x4b, 3, 4], 'workbook'],
	[[0x1f, 0x8b, 8], 'gzip'],
	[[0x25, 0x50, 0x44, 0x46], 'pdf'],
	[[0x89, 0x50, 0x4e, 0x47], 'picture'],
	[[...Array(200)].map((_, i) => i % 32), 'unknown']
])('%j is no text', (bytes, container) => {
	expect(containerOf(new Uint8Array(bytes))).toBe(container);
});

test('text with one NUL is text', () => {
	expect(
		containerOf(new TextEncoder().encode('email,name\nana@x.de,A\0na\nbo@x.de,Bo'))
	).toBeUndefined();
});

test('a charset nobody can choose is read as Western', () => {
	expect(knownCharset('ISO-8859-2')).toBe('windows-1250');
	expect(knownCharset('Shift_JIS')).toBe('shift_jis');
	expect(knownCharset('ISO-2022-KR')).toBe('windows-1252');
	expect(knownCharset(null)).toBe('windows-1252');
});

test('columns have names, and no two the same', () => {
	expect(columnNames(['Email', ' ', 'email', 'Phone\n number'], 5)).toEqual([
		'Email',
		'Column 2',
		'email (2)',
		'Phone number',
		'Column 5'
	]);
});
