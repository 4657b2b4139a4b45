/** Messages as files of RFC 5322: ASCII, lines of at most 78 signs but for addresses, CRLF. */
import { oneLine } from '$lib/campaigns/content/say-value';
import type { Mailbox, OutgoingMessage } from './outgoing';

/** `at`: when it is written, in epoch milliseconds. `headers` come on top of those that a message has. */
export function emlOf(
	message: OutgoingMessage,
	at: number,
	headers: Readonly<Record<string, string>> = {}
): string {
	const { from, to, replyTo, subject, messageId, html, text } = message;
	// Quoted-printable never has `=_` in it, so no text can hold the boundary.
	const boundary = `=_${messageId}`;
	const head = [
		`From: ${mailboxText(from)}`,
		`To: ${mailboxText(to)}`,
		...(replyTo ? [`Reply-To: ${mailboxText({ name: '', address: replyTo })}`] : []),
		`Subject: ${headerText(subject, 'Subject: '.length)}`,
		`Date: ${dateText(at)}`,
		`Message-ID: <${messageId}@${domainOf(from.address)}>`,
		...Object.entries({ ...message.headers, ...headers }).map(
			([name, value]) => `${name}: ${headerLine(value)}`
		),
		'MIME-Version: 1.0',
		`Content-Type: multipart/alternative;\r\n boundary="${boundary}"`
	];
	const part = (type: string, body: string) =>
		`--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(body)}\r\n`;
	return `${head.join('\r\n')}\r\n\r\n${part('text/plain', text)}${part('text/html', html)}--${boundary}--\r\n`;
}

const encoder = new TextEncoder();

/** RFC 2047: text of a header, in words of ASCII; `used` signs stand in front of it on its line. */
export function headerText(text: string, used = 0): string {
	const line = headerLine(text);
	if (isAscii(line) && !line.includes('=?') && !/\S{60}/.test(line)) return folded(line, used);
	return encodedWords(line, used).join('\r\n ');
}

/** Nothing in it can end a header. */
const headerLine = (text: string): string => oneLine(text);

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

function folded(text: string, used: number): string {
	let done = '';
	let length = used;
	for (const word of text.split(' ')) {
		if (done === '') done = word;
		else if (length + 1 + word.length > 76) {
			done += `\r\n ${word}`;
			length = 1 + word.length;
			continue;
		} else done += ` ${word}`;
		length += 1 + word.length;
	}
	return done;
}

/** Of at most 75 letters, and together with what is in front of the first not more than 78; no sign is cut in two. */
function encodedWords(text: string, used: number): string[] {
	const words: string[] = [];
	let word = '';
	let bytes = 0;
	let most = Math.min(45, Math.floor((78 - used - 12) / 4) * 3);
	for (const sign of text) {
		const size = encoder.encode(sign).length;
		if (bytes + size > most) {
			words.push(word);
			word = '';
			bytes = 0;
			most = 45;
		}
		word += sign;
		bytes += size;
	}
	return [...words, word].map((part) => {
		const encoded = encoder.encode(part);
		return `=?utf-8?B?${btoa(String.fromCharCode(...encoded))}?=`;
	});
}

/** Throws at an address that is none: it must have been checked before. */
function mailboxText({ name, address }: Mailbox): string {
	const plain = headerLine(address);
	if (plain !== address || /[<>,;:"()\s]/.test(address) || !address.includes('@'))
		throw new Error('An address that is none was to be written into a message.');
	const at = address.lastIndexOf('@');
	const written = `${address.slice(0, at)}@${asciiDomain(address.slice(at + 1))}`;
	const phrase = headerLine(name);
	if (phrase === '') return `<${written}>`;
	if (!isAscii(phrase) || phrase.includes('=?') || phrase.length > 50)
		return `${encodedWords(phrase, 'From: '.length).join('\r\n ')}\r\n <${written}>`;
	return `"${phrase.replace(/[\\"]/g, '\\$&')}" <${written}>`;
}

const domainOf = (address: string): string =>
	asciiDomain(address.slice(address.lastIndexOf('@') + 1));

/** Names of sites in other letters have a form in ASCII. */
function asciiDomain(domain: string): string {
	if (isAscii(domain)) return domain;
	try {
		return new URL(`http://${domain}`).hostname;
	} catch {
		return domain;
	}
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** RFC 5322, in UTC: "Mon, 05 Jan 2026 10:00:00 +0000". */
export function dateText(at: number): string {
	const date = new Date(at);
	const two = (n: number) => String(n).padStart(2, '0');
	const day = `${days[date.getUTCDay()]}, ${two(date.getUTCDate())} ${months[date.getUTCMonth()]}`;
	const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
	return `${day} ${date.getUTCFullYear()} ${time} +0000`;
}

const hex = Array.from(
	{ length: 256 },
	(_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
);

/** RFC 2045: any text in lines of at most 76 ASCII signs. */
export function quotedPrintable(text: string): string {
	return text
		.split(/\r\n|\r|\n/)
		.map(quotedLine)
		.join('\r\n');
}

/** Of a line, with room for the sign that says that it goes on, and for one at its start that must be written out. */
const longest = 73;

function quotedLine(line: string): string {
	const quoted = line.replace(unsafe, (signs) => {
		let codes = '';
		for (const byte of encoder.encode(signs)) codes += hex[byte];
		return codes;
	});
	if (quoted.length <= longest) return guardedStart(quoted);
	const pieces: string[] = [];
	for (let at = 0; at < quoted.length;) {
		let end = Math.min(at + longest, quoted.length);
		// No code is cut in two.
		if (end < quoted.length) end -= quoted[end - 1] === '=' ? 1 : quoted[end - 2] === '=' ? 2 : 0;
		pieces.push(guardedStart(quoted.slice(at, end)));
		at = end;
	}
	return pieces.join('=\r\n');
}

/** All but plain ASCII; also blanks that end a line, which some servers take away. */
const unsafe = /[^\t\x20-\x3c\x3e-\x7e]+|[\t ]+$/g;

/** Some servers take a dot, or "From ", at the start of a line for their own. */
const guardedStart = (line: string): string =>
	line[0] === '.' || line.startsWith('From ') ? hex[line.charCodeAt(0)]! + line.slice(1) : line;
