import { name } from '../../phrase';
import { sayThen } from '../event/german-words';
import type { InGerman } from '../german-kind';
import { deletedSegment } from '../segment/german-words';
import type { MembershipCondition } from './membership';

/** "ist in den letzten 7 Tagen in das Segment Neukunden eingetreten" */
export const membership: InGerman<MembershipCondition> = (
	{ segment, did, move, window },
	{ segments }
) => {
	const called = name(segments.get(segment)?.name ?? deletedSegment);
	const not = did ? '' : 'nicht ';
	return move === 'entered'
		? ['ist ', ...sayThen(window), `${not}in das Segment `, called, ' eingetreten']
		: ['hat ', ...sayThen(window), 'das Segment ', called, ` ${not}verlassen`];
};
