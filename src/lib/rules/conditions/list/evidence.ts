import type { Evident } from '../../why/evidence';
import type { ListCondition } from './list';

/** Those asked about, or all where none is named. */
export const listEvidence: Evident<ListCondition> = ({ test }, { lists }) => ({
	type: 'lists',
	things: lists.filter(({ id }) => !('lists' in test) || test.lists.includes(id))
});
