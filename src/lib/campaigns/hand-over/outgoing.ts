import { oneLine } from '$lib/campaigns/content/say-value';
import { sha256 } from '$lib/sha256';

export interface Mailbox {
	/** `''` where none is known. */
	readonly name: string;
	readonly address: string;
}

/** A message to one recipient, whole: whoever sends it adds nothing. */
export interface OutgoingMessage {
	/** Of the recipient in the frozen audience. */
	readonly place: number;
	/** 43 letters, digits, `-` and `_`: the same whenever this message is made. */
	readonly messageId: string;
	readonly to: Mailbox;
	readonly from: Mailbox;
	readonly replyTo?: string | undefined;
	/** One line. */
	readonly subject: string;
	readonly html: string;
	readonly text: string;
	/** Headers beside those that a message has anyway: ASCII, one line each. */
	readonly headers: Readonly<Record<string, string>>;
}

/** One address, without a name, quotes or a list: nothing in it can become a header. */
export const isMailAddress = (address: string): boolean =>
	address.length <= 320 &&
	/^(?!\.)[^\s\p{C}"(),:;<>@[\]\\]{1,64}(?<!\.)@(?![-.])[\p{L}\p{M}\p{N}.-]{1,253}(?<![-.])$/u.test(
		address
	) &&
	!address.includes('..');

/** What is noted of a recipient whose address is none. */
export const noMessage = 'No message can be sent to this address.';

/** A name as it stands beside an address. */
export const mailboxName = (name: string): string => oneLine(name, 100);

/** What the message of a run to a place is known by. */
export function messageIdOf(run: string, place: number): string {
	const words = sha256(new TextEncoder().encode(`${run} ${place}`));
	const bytes = [...words].flatMap((word) => [word >>> 24, word >>> 16, word >>> 8, word]);
	return btoa(String.fromCharCode(...bytes.map((byte) => byte & 255)))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replace(/=+$/, '');
}

/** The header that lets mail programs offer to unsubscribe. */
export function unsubscribeHeaders(url: string | undefined): Readonly<Record<string, string>> {
	if (url === undefined) return {};
	const ascii = encodeURI(url).replace(/%25/g, '%');
	// What does not fit is in the text too.
	return /^[\x21-\x3b\x3d\x3f-\x7e]{1,880}$/.test(ascii)
		? { 'List-Unsubscribe': `<${ascii}>` }
		: {};
}
