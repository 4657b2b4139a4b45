import { unguarded } from '$lib/csv-guard';

/** What stands between several values in one cell of a Google export. */
const several = ' ::: ';

/**
 * The text of a cell, without blanks around it. Spreadsheets are kept from changing long numbers and phones by an
 * apostrophe in front, and from running formulas; it is no part of the value.
 */
export function textOf(cell: string): string {
	const text = cell.trim();
	return text.charCodeAt(0) === 39 ? unguarded(text).trim() : text;
}

/** The first of several values that share one cell. */
export function firstOf(text: string): string {
	const end = text.indexOf(several);
	return end < 0 ? text : text.slice(0, end).trim();
}

/** A phone number as people write it, without the mark some products put in front (`p:+46…`). */
export function phoneOf(text: string): string | undefined {
	const phone = firstOf(text).replace(/^p:\s*/i, '');
	return /\d/.test(phone) && phone.length <= 100 ? phone : undefined;
}

/** The longest address there can be (RFC 5321). */
const longestEmail = 320;
const email = /^[^\s@<>"(),;:\\[\]]+@[^\s@<>"(),;:\\[\].]+(?:\.[^\s@<>"(),;:\\[\].]+)+$/;

/** An e-mail address, as written. */
export function emailOf(text: string): string | undefined {
	const address = firstOf(text);
	return address.length <= longestEmail && email.test(address) ? address : undefined;
}

export function urlOf(text: string): string | undefined {
	return /^\S+\.\S+$/.test(text) || /^[a-z][a-z\d+.-]*:\S+$/i.test(text) ? text : undefined;
}

/** First and last name of a name in one cell: the last word is the last name, `Last, First` the other way round. */
export function namesOf(text: string): { first: string; last: string } {
	const name = text.replaceAll(/\s+/g, ' ').trim();
	const comma = name.indexOf(', ');
	if (comma > 0) return { first: name.slice(comma + 2), last: name.slice(0, comma) };
	const space = name.lastIndexOf(' ');
	return space < 0
		? { first: name, last: '' }
		: { first: name.slice(0, space), last: name.slice(space + 1) };
}
