import { windowEnds, type Drift } from '../../drift';
import { happened } from '../event/drift';
import { eventsAsked, type EngagementCondition } from './engagement';

/** Nobody's place among all changes but when somebody's orders do. */
export const driftEngagement = (condition: EngagementCondition): Drift => ({
	watched: [
		happened(
			eventsAsked(condition.measure),
			windowEnds(condition.measure === 'top' ? condition.window : undefined)
		)
	]
});
