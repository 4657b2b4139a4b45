import { err, ok, type Result } from '$lib/result';
import type { Block, RichText } from './block';
import { htmlOf } from './html';
import {
	isBlocking,
	type CompiledMessage,
	type ContentIssue,
	type MessageContent,
	type MessageContext,
	type Place
} from './message';
import type { Part } from './parts';
import { renderPieces, type Said } from './pieces';
import { plainOf } from './plain';
import { isBlank, readText } from './read-text';
import { MessageReader } from './reader';
import { linkValueSayer, oneLine, valueSayer } from './say-value';
import { shellIn } from './shell';
import { localeOf } from './words';

/** The message, ready to be rendered for one contact after the other; or all that must be put right before. */
export function compileMessage(
	content: MessageContent,
	context: MessageContext
): Result<CompiledMessage, readonly ContentIssue[]> {
	const { message, issues } = readMessage(content, context);
	return issues.some(isBlocking) ? err(issues) : ok(message);
}

export interface ReadMessage {
	/** What is wrong is left out of it, or stands in it as it was written: to look at, not to send. */
	readonly message: CompiledMessage;
	readonly issues: readonly ContentIssue[];
	/** By field that stands somewhere in it without a fallback, the first such place. */
	readonly bare: ReadonlyMap<string, Place>;
}

/** The same while it is being written: there is always something to look at. */
export function readMessage(content: MessageContent, context: MessageContext): ReadMessage {
	const reader = new MessageReader(context, content.unsubscribe);
	const { issues } = reader;
	if (content.subject.trim() === '') issues.push({ type: 'NoSubject' });
	const subject = reader.line(content.subject, { part: 'subject' });
	const preview = reader.line(content.preview, { part: 'preview' });
	const parts = partsOf(content, context, reader);
	if (isBlank(parts)) issues.push({ type: 'EmptyBody' });
	else if (!reader.unsubscribes) issues.push({ type: 'NoUnsubscribe' });

	const html = htmlOf(parts);
	const plain = plainOf(parts);
	const locale = localeOf(context.locale);
	const shell = shellIn(locale);
	const sayers = reader.fields.map((field) => valueSayer(field, context.zone, locale));
	const linkSayers = reader.fields.map((field, i) =>
		reader.linked.has(i) ? linkValueSayer(field) : () => ''
	);
	const saidOf = (values: readonly unknown[]): Said => ({
		line: sayers.map((say, i) => say(values[i])),
		link: linkSayers.map((say, i) => say(values[i]))
	});
	const unsubscribe = reader.unsubscribePieces;
	const message: CompiledMessage = {
		fields: reader.fields,
		variants: content.blocks.flatMap(({ block }) =>
			block.type === 'dynamic' ? [block.variants.map(({ segment }) => segment)] : []
		),
		render(values, variants) {
			const said = saidOf(values);
			const line = oneLine(renderPieces(subject, said, variants), longestLine);
			const beside = oneLine(renderPieces(preview, said, variants), longestLine);
			return {
				subject: line,
				preview: beside,
				html: shell.head(line, beside) + renderPieces(html, said, variants) + shell.foot,
				text:
					renderPieces(plain, said, variants)
						.replace(/\n{3,}/g, '\n\n')
						.trim() + '\n'
			};
		},
		unsubscribeUrl: (values) => renderPieces(unsubscribe, saidOf(values), []) || undefined
	};
	return { message, issues, bare: reader.bare };
}

/** Of a subject, in letters. What mail programs show is far less. */
const longestLine = 900;

function partsOf(content: MessageContent, context: MessageContext, reader: MessageReader): Part[] {
	let dynamic = 0;
	return content.blocks.flatMap(({ id, block }): Part | readonly Part[] =>
		block.type === 'text'
			? readText(block.text, { part: 'block', block: id }, reader)
			: choiceOf(id, block, dynamic++, context, reader)
	);
}

function choiceOf(
	id: string,
	{ variants, otherwise }: Extract<Block, { type: 'dynamic' }>,
	block: number,
	{ segments }: MessageContext,
	reader: MessageReader
): Part {
	const at = (variant: string) => ({ part: 'block', block: id, variant }) as const;
	for (const { id, segment } of variants) {
		if (segment === undefined) reader.issues.push({ type: 'NoSegment', place: at(id) });
		else if (!segments.has(segment))
			reader.issues.push({ type: 'UnknownSegment', place: at(id), segment });
	}
	const before = reader.unsubscribes;
	const can: boolean[] = [];
	const read = (text: RichText | null, place: string): Part[] => {
		reader.unsubscribes = false;
		const parts = text ? readText(text, at(place), reader) : [];
		can.push(reader.unsubscribes);
		return parts;
	};
	const choice: Part = {
		type: 'choice',
		block,
		variants: variants.map(({ id, text }) => read(text, id)),
		otherwise: read(otherwise, 'otherwise')
	};
	// Who sees another variant must be able to as well.
	reader.unsubscribes = before || can.every(Boolean);
	return choice;
}
