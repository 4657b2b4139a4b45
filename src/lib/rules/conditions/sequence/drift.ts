import { windowEnds, type Drift } from '../../drift';
import { filtered, happened } from '../event/drift';
import type { SequenceCondition } from './sequence';

export function driftSequence({ steps, window }: SequenceCondition): Drift {
	const asked = steps.flatMap((step) => [step, ...(step.without ? [step.without] : [])]);
	const types = [...new Set(asked.flatMap(({ types }) => types))];
	return {
		watched: [
			happened(types, windowEnds(window)),
			...asked.flatMap(({ types, where }) => filtered(types, where))
		]
	};
}
