import { countOf } from '../../typed/count';
import { either, entry, fixed, list, named, row, words } from '../../typed/form';

const tags = entry('tags', list(named(({ tags }) => tags)));
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
			operator('hasAny', 'has any tag', 'has a tag'),
			operator('hasNone', 'has no tag', 'has no tags'),
			row(operator('count', 'has'), entry('count', countOf('tag')))
		)
	)
);
