import { unreachable } from '$lib/result';
import { sayWindow } from '../../operators/german/window';
import { both, either } from '../../operators/german/words';
import type { InGerman } from '../german-kind';
import type { ListCondition } from './list';

/** "ist in der Liste Newsletter oder Shop" */
export const list: InGerman<ListCondition> = ({ test }, { lists }) => {
	const names = (ids: readonly string[]) =>
		ids.map((id) => lists.get(id) ?? 'eine gelöschte Liste');
	switch (test.operator) {
		case 'inAny':
			return ['ist in der Liste ', ...either(names(test.lists))];
		case 'inAll':
			return [
				test.lists.length === 1 ? 'ist in der Liste ' : 'ist in den Listen ',
				...both(names(test.lists))
			];
		case 'inNone':
			return test.lists.length === 1
				? ['ist nicht in der Liste ', ...both(names(test.lists))]
				: ['ist in keiner der Listen ', ...both(names(test.lists))];
		case 'inNoList':
			return ['ist in keiner Liste'];
		case 'joined':
			return [
				'ist ',
				...sayWindow(test.window),
				' der Liste ',
				...either(names(test.lists)),
				' beigetreten'
			];
		default:
			return unreachable(test);
	}
};
