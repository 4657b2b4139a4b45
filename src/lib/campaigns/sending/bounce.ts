/**
 * Whether a mail server's refusal means that the address is no good, so that it is never written to again, or only that
 * this message was not taken. In doubt the address stays.
 */
export function bounceOf({
	of,
	code,
	text
}: {
	readonly of: 'recipient' | 'content';
	readonly code: number;
	/** What the server said. */
	readonly text: string;
}): 'hard' | 'soft' {
	if (of === 'content') return 'soft';
	const [, subject, detail] = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(text) ?? [];
	if (subject !== undefined) return isBadAddress(Number(subject), Number(detail)) ? 'hard' : 'soft';
	return /^55[013]$/.test(String(code)) && !policy.test(text) ? 'hard' : 'soft';
}

/** By RFC 3463: no such mailbox or domain, moved away, or switched off. */
const isBadAddress = (subject: number, detail: number): boolean =>
	(subject === 1 && [1, 2, 3, 6, 10].includes(detail)) || (subject === 2 && detail === 1);

/** What servers say that do not want the sender or what it says. */
const policy =
	/relay|spam|block|policy|polic|denied|reputation|listed|authent|spf|dkim|dmarc|quota|full/i;
