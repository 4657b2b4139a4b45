import { compileMessage } from '../../src/lib/campaigns/content/compile';
import { emlOf } from '../../src/lib/campaigns/hand-over/mime';
import { messageIdOf } from '../../src/lib/campaigns/hand-over/outgoing';
import { standardFields, type Field } from '../../src/lib/fields/field';
import { content } from './campaign-content';
import type { Add } from './measure';
import { median } from './percentile';

const rounds = 5;
const messages = 10_000;

/** How long what a campaign says takes to be written for each of its recipients: no database, one thread. */
export function measureRender(add: Add): void {
	const compiled = compileMessage(content, {
		fields: new Map<string, Field>(standardFields.map((field) => [field.id, field])),
		segments: new Set(['ch', 'de']),
		zone: 'Europe/Zurich'
	});
	if (!compiled.ok) throw new Error('The message has issues.');
	const message = compiled.value;
	const values = Array.from({ length: messages }, (_, i) =>
		message.fields.map(({ id }) => valueOf(id, i))
	);
	const render = (i: number) => message.render(values[i]!, [(i % 3) - 1]);
	const { html } = render(1);
	if (!html.includes('Zoë &lt;1&gt;') || html.length < 4000)
		throw new Error(`It does not say what it should: ${html}`);
	add('Rendering 10,000 messages', timed(render), 'ms', 500);
	const mailbox = { name: 'Zoë Müller', address: 'zoe@example.com' };
	const eml = (i: number) =>
		emlOf(
			{
				...{ place: i, messageId: messageIdOf('run', i), to: mailbox, from: mailbox, headers: {} },
				...render(i)
			},
			0
		);
	if (eml(1).length < 6000) throw new Error('A message is too short.');
	add('The same with writing them as .eml', timed(eml), 'ms');
}

function timed(make: (i: number) => unknown): number {
	const times = Array.from({ length: rounds }, () => {
		const begin = performance.now();
		for (let i = 0; i < messages; i++) make(i);
		return performance.now() - begin;
	});
	return median(times);
}

function valueOf(field: string, i: number): unknown {
	if (field === 'country') return i % 2 ? 'CH' : 'DE';
	if (field === 'created_at') return '2025-03-01T08:30:00+00:00';
	if (field === 'email') return `person${i}@example.com`;
	return i % 4 === 3 ? null : `Zoë <${i}>`;
}
