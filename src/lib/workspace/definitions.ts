import * as z from 'zod/mini';
import {
	allProperties,
	builtInEventTypes,
	EventProperty,
	type EventType,
	type EventTypes
} from '$lib/events/event-type';
import { Field, FieldType, isStandard, standardFields, type Fields } from '$lib/fields/field';
import { compare } from './order';
import { readRegister, type BrokenRegister, type Registers } from './registers';

/** What the workspace names, with what Winnow knows by itself in front. Segments come from elsewhere. */
export interface NamedThings {
	readonly fields: Fields;
	readonly eventTypes: EventTypes;
	/** Names by id. */
	readonly tags: ReadonlyMap<string, string>;
	readonly lists: ReadonlyMap<string, string>;
	readonly issues: readonly BrokenRegister[];
}

/** Reads all names and definitions; what does not read is left out and reported. Sorted by name. */
export function readNamedThings(registers: Registers): NamedThings {
	const issues: BrokenRegister[] = [];
	return {
		fields: readFields(registers, issues),
		eventTypes: readEventTypes(registers, issues),
		tags: readNames(registers, 'tags', issues),
		lists: readNames(registers, 'lists', issues),
		issues
	};
}

const FieldDefinition = z.looseObject({ name: z.string(), type: FieldType });

function readFields(registers: Registers, issues: BrokenRegister[]): Fields {
	const own = [...registers.owners('fields')].flatMap((id): Field[] => {
		if (isStandard(id)) return [];
		const key = `${id}/def`;
		const definition = readRegister(registers, 'fields', key, FieldDefinition, issues);
		if (!definition) return [];
		const field = Field.safeParse({ ...definition, id });
		if (field.success) return [field.data];
		issues.push({ type: 'BrokenRegister', root: 'fields', key, problem: 'unexpected' });
		return [];
	});
	return new Map([...standardFields, ...own.sort(byName)].map((field) => [field.id, field]));
}

function readEventTypes(registers: Registers, issues: BrokenRegister[]): EventTypes {
	const ownProperties = (id: string) => readProperties(registers, id, issues);
	const builtIn = builtInEventTypes.map(({ id, name, properties }) => ({
		...{ id, name },
		properties: allProperties(properties, ownProperties(id))
	}));
	const builtInIds = new Set(builtIn.map(({ id }) => id));
	const own = [...registers.owners('eventTypes')].flatMap((id): EventType[] => {
		if (builtInIds.has(id)) return [];
		const name = readRegister(registers, 'eventTypes', `${id}/name`, Name, issues);
		return name === undefined ? [] : [{ id, name, properties: ownProperties(id) }];
	});
	return new Map([...builtIn, ...own.sort(byName)].map((type) => [type.id, type]));
}

const PropertyDefinition = z.looseObject({ name: z.string(), type: FieldType });

function readProperties(registers: Registers, type: string, issues: BrokenRegister[]) {
	const prefix = `${type}/property/`;
	const properties = [...registers.keys('eventTypes', type)].flatMap((key): EventProperty[] => {
		if (!key.startsWith(prefix)) return [];
		const definition = readRegister(registers, 'eventTypes', key, PropertyDefinition, issues);
		if (!definition) return [];
		const property = EventProperty.safeParse({ ...definition, id: key.slice(prefix.length) });
		if (property.success) return [property.data];
		issues.push({ type: 'BrokenRegister', root: 'eventTypes', key, problem: 'unexpected' });
		return [];
	});
	return properties.sort(byName);
}

const Name = z.string().check(z.minLength(1));

function readNames(registers: Registers, root: 'tags' | 'lists', issues: BrokenRegister[]) {
	const named = [...registers.owners(root)].flatMap((id) => {
		const name = readRegister(registers, root, `${id}/name`, Name, issues);
		return name === undefined ? [] : [{ id, name }];
	});
	return new Map(named.sort(byName).map(({ id, name }) => [id, name]));
}

const byName = (a: { id: string; name: string }, b: { id: string; name: string }): number =>
	compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.id, b.id);
