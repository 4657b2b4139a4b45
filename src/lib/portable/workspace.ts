import * as z from 'zod/mini';
import { allProperties, builtInEventTypes, EventType } from '$lib/events/event-type';
import { Field, isStandard, standardFields, type Fields } from '$lib/fields/field';
import { sameJson } from '$lib/json';
import type { Definitions, SegmentDefinition } from '$lib/rules/definitions';
import { Builder, StampSchema, type Segment } from '$lib/workspace/segment';
import { defaultSettings, settingSchemas, type Settings } from '$lib/workspace/settings';
import { Id } from './id';
import { PortableRegisters } from './registers';
import { draftOf, portableOf, PortableRule } from './rule';
import { BadSource, issueOf, type Source } from './source';
import { PortableVersion } from './version';

const Named = z.object({ id: Id, name: z.string() });

export const PortableSegment = z.object({
	id: Id,
	name: z.string(),
	description: z.optional(z.string()),
	tags: z.optional(z.array(z.string())),
	archived: z.optional(z.boolean()),
	/** Which builder it was last opened in. */
	builder: z.optional(Builder),
	/** What counts: the saved rule. */
	rule: PortableRule,
	/** What is being worked on beside it. `true`: the rule itself, which was never saved and counts for nobody. */
	draft: z.optional(z.union([z.literal(true), PortableRule])),
	/** Which of its versions the rule is. */
	version: z.optional(Id),
	created: z.optional(StampSchema),
	/** The campaign it was built for on the spot: it stands in no list of segments. */
	campaign: z.optional(Id)
});
export type PortableSegment = z.infer<typeof PortableSegment>;

/** What a workspace has decided, as it stands in a file. Fields and event types that Winnow knows need not be listed. */
export const PortableWorkspace = z.object({
	name: z.optional(z.string()),
	zone: z._default(settingSchemas.zone, defaultSettings.zone),
	weekStart: z._default(settingSchemas.weekStart, defaultSettings.weekStart),
	currency: z._default(settingSchemas.currency, defaultSettings.currency),
	historyMonths: z._default(settingSchemas.historyMonths, defaultSettings.historyMonths),
	fields: z._default(z.array(Field), []),
	lists: z._default(z.array(Named), []),
	tags: z._default(z.array(Named), []),
	eventTypes: z._default(z.array(EventType), []),
	segments: z._default(z.array(PortableSegment), []),
	/** Apart, so that whoever looks for segments does not find them. */
	deletedSegments: z.optional(z.array(PortableSegment)),
	/** The history of all segments, deleted ones too. */
	versions: z.optional(z.array(PortableVersion)),
	registers: z.optional(PortableRegisters)
});
export type PortableWorkspace = z.infer<typeof PortableWorkspace>;

/** The definitions in a file. Throws `BadSource` with what is wrong with them. */
export function workspaceIn({ name, workspace }: Source): PortableWorkspace {
	if (workspace === undefined) throw new BadSource(`${name}: there is no "workspace" in it.`);
	const read = PortableWorkspace.safeParse(workspace);
	if (read.success) return read.data;
	throw new BadSource(`${name}: workspace.${issueOf(read.error)}`);
}

/** A workspace to be written, without what Winnow knows by itself. Deleted segments are not in it. */
export function portableWorkspace(
	{ name, zone, weekStart, currency, historyMonths }: Settings,
	{ fields, lists, tags, eventTypes }: Omit<Definitions, 'segments'>,
	segments: readonly Segment[]
): PortableWorkspace {
	return {
		...{ name, zone, weekStart, currency, historyMonths },
		fields: [...fields.values()].filter(({ id }) => !isStandard(id)),
		lists: [...lists].map(([id, name]) => ({ id, name })),
		tags: [...tags].map(([id, name]) => ({ id, name })),
		eventTypes: [...eventTypes.values()].flatMap(ownPart),
		segments: segments.filter(({ state }) => state !== 'deleted').map(portableSegment)
	};
}

export function portableSegment(segment: Segment): PortableSegment {
	const { id, name, description, tags, state, builder, saved, draft, hasChanges, campaign } =
		segment;
	const unsaved = saved ? hasChanges && portableOf(draft) : true;
	return {
		...{ id, name },
		...(description === '' ? {} : { description }),
		...(tags.length === 0 ? {} : { tags: [...tags] }),
		...(state === 'archived' ? { archived: true } : {}),
		...(builder ? { builder } : {}),
		...(campaign === undefined ? {} : { campaign }),
		rule: portableOf(saved ?? draft),
		...(unsaved ? { draft: unsaved } : {})
	};
}

/** A type as far as the workspace has added to it, or has otherwise than Winnow. */
function ownPart({ id, name, properties }: EventType): EventType[] {
	const known = builtInEventTypes.find((type) => type.id === id);
	const added = properties.filter((own) => !known?.properties.some((one) => sameJson(one, own)));
	return known && added.length === 0 ? [] : [{ id, name, properties: added }];
}

/** The fields of a workspace that may have other faults. */
export function fieldsIn(workspace: unknown): Fields {
	const own = z.object({ fields: z._default(z.array(Field), []) }).safeParse(workspace);
	return allFields(own.success ? own.data.fields : []);
}

const allFields = (own: readonly Field[]): Fields =>
	new Map(
		[...standardFields, ...own.filter(({ id }) => !isStandard(id))].map((field) => [
			field.id,
			field
		])
	);

/** What the rules of a file may refer to. */
export function definitionsOf(workspace: PortableWorkspace): Definitions {
	return {
		fields: allFields(workspace.fields),
		eventTypes: eventTypesOf(workspace.eventTypes),
		tags: new Map(workspace.tags.map(({ id, name }) => [id, name])),
		lists: new Map(workspace.lists.map(({ id, name }) => [id, name])),
		segments: new Map(
			workspace.segments.map(
				({ id, name, archived = false, rule, draft, campaign }): [string, SegmentDefinition] => [
					id,
					{
						...{ name, archived, rule: draft === true ? undefined : draftOf(rule) },
						...(campaign === undefined ? {} : { aside: true })
					}
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
