/**
 * A file with what people get may be opened by a spreadsheet before a mail tool sends it. So a text is guarded where a
 * contact's value makes it a formula, and left as it is where the sender begins it: "-20 % on all shoes".
 */
import { guarded } from '$lib/csv-guard';
import type { RenderedMessage } from '$lib/campaigns/content/message';

/** HTML never begins as a formula. `render` renders the same for the same recipient from other values. */
export function guardedSaid(
	said: RenderedMessage,
	values: readonly unknown[],
	render: (values: readonly unknown[]) => RenderedMessage
): RenderedMessage {
	const { subject, preview, text } = said;
	const safe = {
		...said,
		subject: guarded(subject),
		preview: guarded(preview),
		text: guarded(text)
	};
	// As nearly all are.
	if (safe.subject === subject && safe.preview === preview && safe.text === text) return said;
	const veiled = render(values.map(veil));
	return {
		...said,
		subject: isByContact(veiled.subject) ? safe.subject : subject,
		preview: isByContact(veiled.preview) ? safe.preview : preview,
		text: isByContact(veiled.text) ? safe.text : text
	};
}

/** In place of a contact's text: one that could call a function, a program or another file, and any other. */
const [wild, tame] = ['\uE000', '\uE001'];

/** Numbers, and yes and no, can do nothing. */
const veil = (value: unknown): unknown =>
	typeof value === 'string' || (typeof value === 'object' && value !== null)
		? /[(|!#]/.test(JSON.stringify(value))
			? wild
			: tame
		: value;

/** Whether a formula would be the contact's: by its first sign, or by what follows on signs of the sender. */
const isByContact = (veiled: string): boolean => byFirst.test(veiled) || byNext.test(veiled);

const byFirst = /^[\s']*[\uE000\uE001]/;
const byNext = /^[\s'=+\-@＝＋－＠\uE001]*\uE000/;
