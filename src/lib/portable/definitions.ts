import * as Y from 'yjs';
import { builtInEventTypes, type EventProperty, type EventType } from '$lib/events/event-type';
import { isStandard, type Field } from '$lib/fields/field';
import { sameJson } from '$lib/json';
import { err, ok, type Result } from '$lib/result';
import { readNamedThings, type NamedThings } from '$lib/workspace/definitions';
import * as definitions from '$lib/workspace/edit-definitions';
import { replaceRule } from '$lib/workspace/edit-rule';
import * as segments from '$lib/workspace/edit-segment';
import { makeGesture, type Edit, type EditRefusal, type Stamp } from '$lib/workspace/gesture';
import { registersOf } from '$lib/workspace/registers';
import { readSegment } from '$lib/workspace/segment';
import { readVersions } from '$lib/workspace/versions';
import { putSettings } from '$lib/workspace/settings';
import { addRegisters } from './registers';
import { portableOf, rootOf } from './rule';
import { putVersion, type PortableVersion } from './version';
import type { PortableSegment, PortableWorkspace } from './workspace';

export interface Adding {
	/** Name, calendar, currency and how long history is kept become those of the file, too. */
	readonly settings: boolean;
	readonly newId: (length: number) => string;
}

/**
 * Adds to a workspace what a file defines under ids that are not there yet; what is there stays as it is. A deleted
 * segment comes back as the file has it, and with each its history. Gives the number of segments added.
 */
export function addDefinitions(
	edit: Edit,
	file: PortableWorkspace,
	{ settings, newId }: Adding
): number {
	const { name, zone, weekStart, currency, historyMonths } = file;
	if (settings)
		putSettings(edit, { ...(name ? { name } : {}), zone, weekStart, currency, historyMonths });
	const known = readNamedThings(edit);
	for (const field of file.fields) addField(edit, field, known);
	for (const { id, name } of file.tags) if (!known.tags.has(id)) definitions.putTag(edit, id, name);
	for (const { id, name } of file.lists)
		if (!known.lists.has(id)) definitions.putList(edit, id, name);
	for (const type of file.eventTypes) addEventType(edit, type, known);
	const versions = new Map<string, PortableVersion[]>();
	for (const version of file.versions ?? [])
		versions.set(version.segment, [...(versions.get(version.segment) ?? []), version]);
	const add = (segment: PortableSegment) =>
		addSegment(edit, segment, versions.get(segment.id) ?? [], newId);
	const added = file.segments.filter(({ id }) => {
		const here = readSegment(edit, id);
		return !here || here.state === 'deleted';
	});
	for (const segment of added) add(segment);
	for (const segment of file.deletedSegments ?? []) {
		if (readSegment(edit, segment.id)) continue;
		add(segment);
		segments.setState(edit, segment.id, 'deleted');
	}
	if (file.registers) addRegisters(edit, file.registers);
	return added.filter(({ campaign }) => campaign === undefined).length;
}

/** What a workspace would name with a file's definitions, or why it cannot take them. The document stays as it is. */
export function withDefinitions(
	doc: Y.Doc,
	file: PortableWorkspace,
	stamp: Stamp,
	adding: Adding
): Result<NamedThings, readonly EditRefusal[]> {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	const made = makeGesture(copy, '', stamp, (edit) => addDefinitions(edit, file, adding));
	return made.ok ? ok(readNamedThings(registersOf(copy))) : err(made.error);
}

function addField(edit: Edit, field: Field, { fields }: NamedThings): void {
	if (isStandard(field.id)) return;
	const known = fields.get(field.id);
	if (!known) return definitions.putField(edit, field);
	const options = new Map(
		[...(field.options ?? []), ...(known.options ?? [])].map((option) => [option.id, option])
	);
	if (options.size > (known.options?.length ?? 0))
		definitions.putField(edit, { ...known, options: [...options.values()] });
}

function addEventType(edit: Edit, { id, name, properties }: EventType, known: NamedThings): void {
	const here = known.eventTypes.get(id);
	if (!here) return definitions.putEventType(edit, { id, name, properties });
	for (const property of properties) {
		const isOwn = edit.raw('eventTypes', `${id}/property/${property.id}`) !== undefined;
		if (!isOwn && !winnowsOwn(id, property)) definitions.putEventProperty(edit, id, property);
	}
}

/** Whether Winnow has the property just so, or as what a type keeps in its events, which is never another. */
function winnowsOwn(type: string, property: EventProperty): boolean {
	const known = builtInEventTypes
		.find(({ id }) => id === type)
		?.properties.find(({ id }) => id === property.id);
	return known !== undefined && (known.column !== undefined || sameJson(known, property));
}

function addSegment(
	edit: Edit,
	segment: PortableSegment,
	versions: readonly PortableVersion[],
	newId: Adding['newId']
): void {
	const {
		id,
		name,
		description = '',
		tags = [],
		archived,
		builder,
		rule,
		draft,
		created,
		campaign
	} = segment;
	const newNode = () => newId(8);
	segments.createSegment(edit, id, name, rootOf(rule), newNode);
	for (const version of versions) putVersion(edit, version);
	if (draft !== true) addSaved(edit, segment, newId);
	if (draft !== undefined && draft !== true) replaceRule(edit, id, rootOf(draft), newNode);
	segments.describeSegment(edit, id, description);
	segments.setTags(edit, id, tags);
	if (builder) segments.setBuilder(edit, id, builder);
	segments.setState(edit, id, archived ? 'archived' : 'active');
	if (campaign !== undefined) segments.setCampaign(edit, id, campaign);
	if (created) edit.write('segments', `${id}/new`, created);
}

/** The version that counted, if the file's rule is still that one; else what it says now is a new version. */
function addSaved(edit: Edit, { id, rule, version }: PortableSegment, newId: Adding['newId']) {
	const kept = readVersions(edit, id).find((one) => one.id === version);
	if (kept && sameJson(portableOf(kept.rule), rule)) edit.write('segments', `${id}/saved`, kept.id);
	else segments.saveSegment(edit, id, newId(10));
}
