/** Letters of a server's answer that are kept. */
const longest = 300;

/**
 * What a mail server said, without the address that it was about or any other, in one line. `address`: the recipient's,
 * whose part before the @ some servers give alone.
 */
export function diagnosticOf(said: string, address: string): string {
	const name = address.slice(0, address.lastIndexOf('@'));
	const line = said
		.replaceAll(/[\p{C}\s]+/gu, ' ')
		.replaceAll(/<?[^\s<>()"']+@[^\s<>()"']+>?/gu, '(address)');
	// Short ones are words by themselves.
	const bare =
		name.length < 3
			? line
			: line.replaceAll(
					new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, 'giu'),
					'(address)'
				);
	return bare.trim().slice(0, longest);
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
