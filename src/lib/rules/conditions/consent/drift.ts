import { still, windowEnds, type Drift } from '../../drift';
import { fieldSql } from '../../stored';
import { contacts } from '../field/drift';
import { dateField, type ConsentCondition } from './consent';

export const driftConsent = ({ channel, window }: ConsentCondition): Drift =>
	window
		? {
				watched: [
					{ ...contacts, at: fieldSql(dateField[channel], 'datetime'), ends: windowEnds(window) }
				]
			}
		: still;
