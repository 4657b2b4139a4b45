import type { Drift } from '../../drift';
import type { AnniversaryCondition } from './anniversary';
import { comingRound } from './coming-round';

/** Whose day comes round is known by the days alone. */
export const driftAnniversary = ({ test }: AnniversaryCondition): Drift => ({
	watched: [],
	calendar: (moment) => [...comingRound(test, moment)].join()
});
