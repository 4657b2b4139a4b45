import { countOf } from '../../typed/count';
import { alsoRead, either, entry, fixed, list, named, row, words } from '../../typed/form';

const tag = named(({ tags }) => tags);
const tags = entry('tags', list(tag));
/** A single one: of several it would not be said whether any is enough. */
const oneTag: typeof tags = entry('tags', {
	...list(tag),
	read: (input) => oneOf(tag.read(input))
});
const oneOf = (id: string | undefined) => (id === undefined ? undefined : [id]);
const operator = (operator: string, ...ways: [string, ...string[]]) =>
	fixed({ operator }, words(...ways));

/** "tagged any of VIP, New", "has no tag", "has at least 2 tags" */
export const typedTag = fixed(
	{ kind: 'tag' },
	entry(
		'test',
		either(
			row(operator('noneOf', 'tagged none of', 'not tagged', 'is not tagged'), tags),
			row(operator('allOf', 'tagged all of', 'is tagged all of'), tags),
			row(operator('anyOf', 'tagged any of', 'tagged', 'is tagged', 'is tagged any of'), tags),
			alsoRead(row(operator('anyOf', 'has tag', 'has the tag'), oneTag)),
			alsoRead(row(operator('noneOf', 'does not have tag', 'does not have the tag'), oneTag)),
			operator('hasAny', 'has any tag', 'has a tag'),
			operator('hasNone', 'has no tag', 'has no tags'),
			row(operator('count', 'has'), entry('count', countOf('tag')))
		)
	)
);
