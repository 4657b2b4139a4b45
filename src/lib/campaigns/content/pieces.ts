/** How something of a contact is written where it stands. */
export type Escape = 'line' | 'html' | 'url';

/**
 * A part of what is rendered: text that is the same for everybody, something of a contact, a link whose whole address is
 * a contact's value, or what a variant of a dynamic block says.
 */
export type Piece =
	| string
	| {
			readonly type: 'hole';
			/** The place among the values that the message takes. */
			readonly value: number;
			readonly as: Escape;
			/** Escaped already. */
			readonly fallback: string;
	  }
	| {
			readonly type: 'link';
			readonly value: number;
			/** An address, or `''`: where neither is one, only the words are left. */
			readonly fallback: string;
			readonly as: 'line' | 'html';
			/** What stands round the address. */
			readonly before: readonly Piece[];
			readonly after: readonly Piece[];
			readonly words: readonly Piece[];
	  }
	| {
			readonly type: 'choice';
			/** The place among the dynamic blocks. */
			readonly block: number;
			readonly variants: readonly (readonly Piece[])[];
			readonly otherwise: readonly Piece[];
	  };

/** What one contact's values are said as, each only once. */
export interface Said {
	readonly line: readonly string[];
	/** As they stand in a link. */
	readonly link: readonly string[];
}

/** Text next to text becomes one. */
export function joined(pieces: readonly Piece[]): Piece[] {
	const all: Piece[] = [];
	for (const piece of pieces) {
		const last = all.at(-1);
		if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
		else if (piece !== '') all.push(piece);
	}
	return all;
}

export function renderPieces(
	pieces: readonly Piece[],
	said: Said,
	variants: readonly number[]
): string {
	let text = '';
	for (const piece of pieces) {
		if (typeof piece === 'string') text += piece;
		else if (piece.type === 'hole') text += holeText(piece, said);
		else if (piece.type === 'choice')
			text += renderPieces(
				piece.variants[variants[piece.block] ?? -1] ?? piece.otherwise,
				said,
				variants
			);
		else text += linkText(piece, said, variants);
	}
	return text;
}

function holeText(hole: Extract<Piece, { type: 'hole' }>, { line, link }: Said): string {
	if (hole.as === 'url') {
		const value = link[hole.value];
		return value ? urlPart(value) : hole.fallback;
	}
	const value = line[hole.value];
	if (!value) return hole.fallback;
	return hole.as === 'html' ? escapeHtml(value) : value;
}

function linkText(
	link: Extract<Piece, { type: 'link' }>,
	said: Said,
	variants: readonly number[]
): string {
	const url = webAddress(said.link[link.value] ?? '') ?? link.fallback;
	if (!url) return renderPieces(link.words, said, variants);
	const address = link.as === 'html' ? escapeHtml(url) : url;
	return (
		renderPieces(link.before, said, variants) + address + renderPieces(link.after, said, variants)
	);
}

/** A value as the whole address of a link: of the web, or nothing. */
export function webAddress(value: string): string | undefined {
	if (!/^https?:\/\/[^\s/?#]/i.test(value)) return;
	try {
		return new URL(value).href;
	} catch {
		return;
	}
}

const special = /[&<>"']/;
const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};

/** Text as it stands in HTML, also in an attribute between quotes. */
export const escapeHtml = (text: string): string =>
	special.test(text) ? text.replace(/[&<>"']/g, (sign) => entities[sign]!) : text;

/** Text as a part of an address. It cannot end the part that it stands in. */
export const urlPart = (text: string): string =>
	encodeURIComponent(text.replace(/\p{Cs}/gu, '')).replace(
		/['()*!]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
	);
