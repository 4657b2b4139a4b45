import type { Evident } from '../../why/evidence';
import type { TagCondition } from './tag';

/** Those asked about, or all where none is named. */
export const tagEvidence: Evident<TagCondition> = ({ test }, { tags, taggedAt }) => ({
	type: 'tags',
	things: tags
		.filter((id) => !('tags' in test) || test.tags.includes(id))
		.map((id) => ({ id, at: taggedAt?.get(id) }))
});
