import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textKey } from '$lib/text-key';

test.each([
	['  Zürich\n', 'zürich'],
	['ZU\u0308RICH', 'zürich'],
	['İ', 'i̇'],
	['STRASSE', 'strasse'],
	['ß', 'ß'],
	['\u3000', '']
])('%j is compared as %j', (text, key) => expect(textKey(text)).toBe(key));

test('the key of a key is itself, plain text or not', () => {
	const text = fc.oneof(
		fc.string(),
		fc.string({ unit: 'grapheme' }),
		fc.string({ unit: 'binary' })
	);
	fc.assert(
		fc.property(text, (text) => {
			expect(textKey(textKey(text))).toBe(textKey(text));
		}),
		{ numRuns: 2000, seed: 7 }
	);
});

test('every code point is lowered by itself, whatever stands around it', () => {
	const defined = (text: string) => {
		const letters = [...text.normalize('NFC').trim()];
		return letters
			.map((c) => c.toLowerCase())
			.join('')
			.normalize('NFC');
	};
	const wrong: string[] = [];
	for (let code = 0; code <= 0x10ffff; code++) {
		if (code >= 0xd800 && code <= 0xdfff) continue; // halves of pairs are no text
		const letter = String.fromCodePoint(code);
		for (const text of [`aΑ${letter}`, `aΑ${letter} Σ`])
			if (textKey(text) !== defined(text)) wrong.push(text);
	}
	expect(wrong).toEqual([]);
});
