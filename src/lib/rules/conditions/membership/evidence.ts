import { mostTold, type Evident } from '../../why/evidence';
import type { MembershipCondition } from './membership';

export const membershipEvidence: Evident<MembershipCondition> = ({ segment, move }, { moves }) => ({
	type: 'times',
	times: moves
		.filter((one) => one.segment === segment && one.entered === (move === 'entered'))
		.map(({ at }) => at)
		.sort((a, b) => b - a)
		.slice(0, mostTold)
});
