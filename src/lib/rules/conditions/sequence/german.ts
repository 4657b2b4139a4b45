import type { Definitions } from '../../definitions';
import { sayWindow } from '../../operators/german/window';
import { spanDative } from '../../operators/german/words';
import type { Phrase } from '../../phrase';
import { sayDone, sayEvents, sayWhereInBrackets } from '../event/german-words';
import type { InGerman } from '../german-kind';
import type { SequenceCondition, Step } from './sequence';

/** "hat bestellt, danach innerhalb von 24 Stunden eine E-Mail geöffnet, alles in diesem Jahr" */
export const sequence: InGerman<SequenceCondition> = ({ steps, window }, definitions) => [
	'hat ',
	...steps.flatMap((step, i): Phrase => [
		...(i === 0 ? [] : [', danach ']),
		...sayStep(step, definitions)
	]),
	...(window ? [', alles ', ...sayWindow(window)] : [])
];

const sayStep = ({ types, where, within, without }: Step, definitions: Definitions): Phrase => [
	...(within ? ['innerhalb von ', spanDative(within.n, within.unit), ' '] : []),
	...(within && without ? ['und '] : []),
	...(without
		? [
				'ohne ',
				...sayEvents(without.types, definitions),
				...sayWhereInBrackets(without.where, without.types, definitions),
				' dazwischen '
			]
		: []),
	...sayDone(types, definitions),
	...sayWhereInBrackets(where, types, definitions)
];
