import { kindOf } from './conditions/registry';
import { describeIssue } from './describe-issue';
import type { Language } from './language';
import { labelOfOne } from './operators/operator';
import { whereWord } from './phrase';

/** Each kind says itself in English, so that all that is known about it is in one place. */
export const english: Language = {
	id: 'en',
	condition: (condition, definitions) => kindOf(condition).explain(condition, definitions),
	unfinished: 'a condition that is not finished',
	everyone: 'everyone',
	join(parts, match) {
		const joint = match === 'all' ? ' and ' : ' or ';
		return parts.flatMap((part, i) => (i === 0 ? part : [joint, ...part]));
	},
	noneOf: (inside) => ['none of (', ...inside, ')'],
	butNot: (excluded) => excluded.flatMap((phrase) => [', but not whoever ', ...phrase]),
	narrowing: [whereWord],
	steps: {
		everyone: 'Everyone',
		allContacts: 'All contacts that are not archived',
		words: { all: ['AND', 'AND'], any: ['ANY OF', 'OR'], none: ['NONE OF', 'NOR'] },
		butNot: 'BUT NOT',
		heads: { all: 'all of these', any: 'any of these', none: 'none of these' },
		joints: { all: 'and', any: 'or', none: 'nor' },
		unreadable: 'a group that cannot be read',
		not: 'not: '
	},
	operator: ({ label, definition }) => ({ label, ofOne: labelOfOne(label), definition }),
	issue: describeIssue,
	andMoreIssues: (first, more) => `${first} And ${more} more.`,
	unreadableRule: 'The rule cannot be read.',
	andMore: (name, rows) => `${name} and ${rows} more`
};
