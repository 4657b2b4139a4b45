import type { Block, RichText } from '../../src/lib/campaigns/content/block';
import type { MessageContent } from '../../src/lib/campaigns/content/message';

const text = (text: string): RichText => ({ type: 'text', text });
const paragraphs = (...texts: string[]): RichText => ({
	type: 'doc',
	content: texts.map((one) => ({ type: 'paragraph', content: [text(one)] }))
});
const long =
	'We pack every parcel by hand, and send it out on the day on which you order it, wherever you are in the world. '.repeat(
		6
	);
const blocks: readonly Block[] = [
	{
		type: 'text',
		text: paragraphs(
			'Dear {first_name | "friend"} {last_name | ""},',
			`${long} You have been with us since {created_at | "a while"}.`,
			long,
			'All the best to {city | "you"}, {country}'
		)
	},
	{
		type: 'dynamic',
		variants: [
			{ id: 'a', segment: 'ch', text: paragraphs(`Free within Switzerland. ${long}`) },
			{ id: 'b', segment: 'de', text: paragraphs(`Free within Germany. ${long}`) }
		],
		otherwise: paragraphs(`For ${'{country | "all"}'} it costs a little. ${long}`)
	},
	{ type: 'text', text: paragraphs('{unsubscribe}') }
];
/** About what a shop writes: six paragraphs, of which one depends on the country. */
export const content: MessageContent = {
	subject: '{first_name | "Hello"}, this is for you',
	preview: 'From us to {city | "you"}',
	blocks: blocks.map((block, i) => ({ id: `b${i}`, order: `a${i}`, block })),
	unsubscribe: 'https://example.com/bye?who={email}'
};
