import type { InGerman } from '../german-kind';
import type { EveryoneCondition } from './everyone';

export const everyone: InGerman<EveryoneCondition> = () => ['alle'];
