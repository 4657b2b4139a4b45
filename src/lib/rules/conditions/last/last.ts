import { chosenKind } from '../first/chosen';

/** The last event of some types up to now, among those for which filters hold. */
export const last = chosenKind('last');
