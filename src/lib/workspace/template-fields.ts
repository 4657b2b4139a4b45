import { plainJson, type Json } from '$lib/json';
import type { Edit } from './gesture';
import { limitsOf, type Registers } from './registers';

/** A template of exports, as far as it uses fields. Read without all that files are made with, which few pages need. */
export interface UsingTemplate {
	readonly id: string;
	readonly name: string;
	/** Ids */
	readonly fields: readonly string[];
}

export const readUsingTemplates = (registers: Registers): readonly UsingTemplate[] =>
	[...registers.owners('exports')].flatMap((id): UsingTemplate[] => {
		const name = registers.raw('exports', `${id}/name`);
		if (typeof name !== 'string') return [];
		return [{ id, name, fields: fieldsIn(definitionOf(registers, id)) }];
	});

/** Puts another field wherever a template has one. */
export function replaceInTemplate(edit: Edit, id: string, field: string, by: string): void {
	edit.write('exports', `${id}/definition`, withField(definitionOf(edit, id), field, by));
}

function definitionOf(registers: Registers, id: string): Json {
	const json = plainJson(registers.raw('exports', `${id}/definition`), limitsOf('exports'));
	return json.ok ? json.value : null;
}

/** Columns, and parts of combined ones, name their field so. */
function fieldsIn(part: Json): readonly string[] {
	if (typeof part !== 'object' || part === null) return [];
	return Object.entries(part).flatMap(([key, value]) =>
		key === 'field' && typeof value === 'string' ? [value] : fieldsIn(value)
	);
}

function withField(part: Json, field: string, by: string): Json {
	if (typeof part !== 'object' || part === null) return part;
	if (Array.isArray(part)) return part.map((inner: Json) => withField(inner, field, by));
	return Object.fromEntries(
		Object.entries(part).map(([key, value]: [string, Json]) => [
			key,
			key === 'field' && value === field ? by : withField(value, field, by)
		])
	);
}
