import type { Evident } from '../../why/evidence';
import { bucketOf, type SampleCondition } from './sample';

export const sampleEvidence: Evident<SampleCondition> = ({ seed }, { uid }) => ({
	type: 'percent',
	percent: bucketOf(seed, uid) / 100
});
