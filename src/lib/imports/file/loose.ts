/**
 * Takes away spaces between a delimiter and an opening quote, which would make the quote an ordinary character. Gives a
 * function for text that comes in pieces.
 */
export function tightener(delimiter: string): (text: string) => string {
	const ends = new RegExp(`(^|[\\r\\n${delimiter === '|' ? '\\|' : delimiter}]) +$`);
	let inside = false;
	let held = '';
	return (text) => {
		const parts = (held + text).split('"');
		held = '';
		const tight = parts.map((part, i) => {
			if (inside !== (i % 2 === 1) || !ends.test(part)) return part;
			const trimmed = part.trimEnd();
			const kept = part.slice(0, trimmed.length) + part.slice(trimmed.length).replace(/ +$/, '');
			// Whether a quote follows only the next piece tells.
			if (i === parts.length - 1) held = part.slice(kept.length);
			return kept;
		});
		if (parts.length % 2 === 0) inside = !inside;
		return tight.join('"');
	};
}

const longLine = 4_000;

/** Whether a cell of these lines starts with a space and a quote. */
export function hasSpaceBeforeQuote(text: string, delimiter: string): boolean {
	const lines = text.split(/\r?\n/).slice(0, 60);
	const opens = `${delimiter} "`;
	return lines.some((long) => {
		const line = long.slice(0, longLine);
		for (let at = line.indexOf(opens); at >= 0; at = line.indexOf(opens, at + 1))
			// After an even number of quotes it is not inside a quoted cell.
			if ((line.slice(0, at).split('"').length - 1) % 2 === 0) return true;
		return false;
	});
}
