import type { z } from 'zod/mini';
import { amongWhich, ofChosen, sayDone, sayThen, sayWhere } from '../event/german-words';
import type { InGerman } from '../german-kind';
import type { first as firstKind } from './first';

type FirstCondition = z.infer<(typeof firstKind)['schema']>;
/** What the first and the last ask is the same. */
type Chosen = Omit<FirstCondition, 'kind'> & { readonly kind: 'first' | 'last' };

/** "hat in den letzten 30 Tagen zum ersten Mal bestellt, und zwar mit Währung CHF" */
export const chosen: InGerman<Chosen> = ({ kind, types, where, window, has }, definitions) => [
	'hat ',
	...sayThen(window),
	kind === 'first' ? 'zum ersten Mal ' : 'zum letzten Mal ',
	...sayDone(types, definitions),
	...sayWhere(has, types, definitions, ofChosen),
	...sayWhere(where, types, definitions, amongWhich)
];

export const first: InGerman<FirstCondition> = chosen;
