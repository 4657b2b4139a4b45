import { name } from '../../phrase';
import type { InGerman } from '../german-kind';
import { deletedSegment } from './german-words';
import type { SegmentCondition } from './segment';

/** "ist im Segment Neukunden" */
export const segment: InGerman<SegmentCondition> = (condition, { segments }) => [
	condition.in ? 'ist im Segment ' : 'ist nicht im Segment ',
	name(segments.get(condition.segment)?.name ?? deletedSegment)
];
