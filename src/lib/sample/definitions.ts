import type { Field, FieldOption } from '$lib/fields/field';
import { textKey } from '$lib/text-key';

const options = (...names: readonly [string, ...string[]]): FieldOption[] =>
	names.map((name) => ({ id: textKey(name), name }));

/** The fields that the sample's people have beside the standard ones. */
export const sampleFields = [
	{ id: 'plan', name: 'Plan', type: 'select', options: options('Free', 'Plus', 'Studio') },
	{ id: 'birthday', name: 'Birthday', type: 'date' },
	{ id: 'points', name: 'Loyalty points', type: 'number' },
	{
		id: 'topics',
		name: 'Newsletter topics',
		type: 'multiselect',
		options: options('New arrivals', 'Offers', 'Workshops', 'Letter writing')
	}
] as const satisfies readonly Field[];

/** Names by id. */
export const sampleTags = {
	vip: 'vip',
	wholesale: 'wholesale',
	beta: 'beta',
	press: 'press',
	ambassador: 'ambassador'
} as const;

export const sampleLists = {
	newsletter: 'Newsletter',
	workshops: 'Workshop guests',
	fair: 'Paper fair'
} as const;

export type SampleTag = keyof typeof sampleTags;
export type SampleList = keyof typeof sampleLists;
