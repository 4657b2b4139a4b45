import { unreachable } from '$lib/result';
import { sayCount } from '../../operators/german/count';
import { both, either } from '../../operators/german/words';
import { value, type Phrase } from '../../phrase';
import type { InGerman } from '../german-kind';
import type { TagCondition } from './tag';

/** "ist mit vip oder neu getaggt" */
export const tag: InGerman<TagCondition> = ({ test }, { tags }) => {
	const names = (ids: readonly string[]) => ids.map((id) => tags.get(id) ?? 'ein gelöschter Tag');
	switch (test.operator) {
		case 'anyOf':
			return ['ist mit ', ...either(names(test.tags)), ' getaggt'];
		case 'allOf':
			return ['ist mit ', ...both(names(test.tags)), ' getaggt'];
		case 'noneOf':
			return ['ist ', ...withNone(names(test.tags)), ' getaggt'];
		case 'hasAny':
			return ['hat mindestens einen Tag'];
		case 'hasNone':
			return ['hat keinen Tag'];
		case 'count':
			return ['hat ', sayCount(test.count, 'Tag', 'Tags')];
		default:
			return unreachable(test);
	}
};

/** "nicht mit vip", "weder mit vip noch mit alt" */
const withNone = (names: readonly string[]): Phrase =>
	names.flatMap((name, i) => {
		const word = names.length === 1 ? 'nicht mit ' : i === 0 ? 'weder mit ' : ' noch mit ';
		return [word, value(name)];
	});
