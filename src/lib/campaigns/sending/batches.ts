import { MailMessage, mailLimits, type MailAnswer } from '$lib/sync/mail-protocol';

/** Bytes of a frame beside its messages, at most. */
const framing = 1024;

const bytesOf = (message: MailMessage): number =>
	new TextEncoder().encode(JSON.stringify(message)).length + 1;

/** A message that the relay takes no frame with would stop the others. */
export function checked(messages: readonly MailMessage[]) {
	const fitting: MailMessage[] = [];
	const unfit: MailAnswer[] = [];
	for (const message of messages) {
		const parsed = MailMessage.safeParse(message);
		if (parsed.success && bytesOf(message) <= mailLimits.frame - framing) fitting.push(message);
		else {
			const what = parsed.error?.issues.map(({ path }) => path.join('.')).join(', ') ?? 'size';
			unfit.push({ state: 'invalid', id: message.id, text: `Not as a message can be: ${what}` });
		}
	}
	return { fitting, unfit };
}

/** Batches that the relay takes in one frame. */
export function packed(messages: readonly MailMessage[]): (readonly MailMessage[])[] {
	const batches: MailMessage[][] = [];
	let size = Infinity;
	for (const message of messages) {
		const bytes = bytesOf(message);
		if (size + bytes > mailLimits.frame - framing) {
			batches.push([]);
			size = 0;
		}
		batches.at(-1)!.push(message);
		size += bytes;
	}
	return batches;
}
