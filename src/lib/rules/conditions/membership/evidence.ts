import { mostTold, type Evident } from '../../why/evidence';
import type { MembershipCondition } from './membership';

export const membershipEvidence: Evident<MembershipCondition> = ({ segment, move }, { moves }) => {
	const asked = moves
		.filter((one) => one.segment === segment && one.entered === (move === 'entered'))
		.sort((a, b) => b.at - a.at);
	const began = asked.findLast((one) => one.began)?.at;
	return {
		type: 'times',
		times: asked
			.filter((one) => !one.began)
			.map(({ at }) => at)
			.slice(0, mostTold),
		...(began === undefined ? {} : { by: began })
	};
};
