import type { Phrase } from '../../phrase';
import type { Comparison } from '../families';

const words = { include: ' (oder kein Wert)', exclude: ' (nur mit Wert)' } as const;

/** What a comparison says about missing values beside its operator. */
export const sayMissing = ({ missing }: Pick<Comparison, 'missing'>): Phrase =>
	missing ? [words[missing]] : [];
