import * as z from 'zod/mini';
import { allProperties, builtInEventTypes, EventType } from '$lib/events/event-type';
import { Field, isStandard, standardFields } from '$lib/fields/field';
import type { Definitions, SegmentDefinition } from '$lib/rules/definitions';
import { defaultSettings, settingSchemas } from '$lib/workspace/settings';
import { draftOf, PortableRule } from './rule';

const Id = z.string().check(z.minLength(1), z.maxLength(64));
const Named = z.object({ id: Id, name: z.string() });

export const PortableSegment = z.object({
	id: Id,
	name: z.string(),
	description: z.optional(z.string()),
	tags: z.optional(z.array(z.string())),
	archived: z.optional(z.boolean()),
	rule: PortableRule
});
export type PortableSegment = z.infer<typeof PortableSegment>;

/** What a workspace has decided, as it stands in a file. Fields and event types that Winnow knows need not be listed. */
export const PortableWorkspace = z.object({
	name: z.optional(z.string()),
	zone: z._default(settingSchemas.zone, defaultSettings.zone),
	weekStart: z._default(settingSchemas.weekStart, defaultSettings.weekStart),
	currency: z._default(settingSchemas.currency, defaultSettings.currency),
	fields: z._default(z.array(Field), []),
	lists: z._default(z.array(Named), []),
	tags: z._default(z.array(Named), []),
	eventTypes: z._default(z.array(EventType), []),
	segments: z._default(z.array(PortableSegment), [])
});
export type PortableWorkspace = z.infer<typeof PortableWorkspace>;

/** What the rules of a file may refer to. */
export function definitionsOf(workspace: PortableWorkspace): Definitions {
	const own = workspace.fields.filter(({ id }) => !isStandard(id));
	return {
		fields: new Map([...standardFields, ...own].map((field) => [field.id, field])),
		eventTypes: eventTypesOf(workspace.eventTypes),
		tags: new Map(workspace.tags.map(({ id, name }) => [id, name])),
		lists: new Map(workspace.lists.map(({ id, name }) => [id, name])),
		segments: new Map(
			workspace.segments.map(
				({ id, name, archived = false, rule }): [string, SegmentDefinition] => [
					id,
					{ name, archived, rule: draftOf(rule) }
				]
			)
		)
	};
}

/** Types that Winnow knows keep their properties; a file may add to them. */
function eventTypesOf(own: readonly EventType[]): Map<string, EventType> {
	const types = new Map<string, EventType>(builtInEventTypes.map((type) => [type.id, type]));
	for (const type of own) {
		const known = types.get(type.id)?.properties ?? [];
		types.set(type.id, { ...type, properties: allProperties(known, type.properties) });
	}
	return types;
}
