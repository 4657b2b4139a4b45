import { chosenKind } from './chosen';

/** The first event of some types, among those for which filters hold. */
export const first = chosenKind('first');
