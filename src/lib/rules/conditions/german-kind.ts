import type { Definitions } from '../definitions';
import type { Phrase } from '../phrase';

/** A condition as a clause of a German sentence, without a full stop: what `explain` of its kind is in English. */
export type InGerman<C extends { kind: string }> = (
	condition: C,
	definitions: Definitions
) => Phrase;
