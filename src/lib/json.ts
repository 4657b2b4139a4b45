import { err, ok, type Result } from '$lib/result';

/** A plain value of JSON: what a register may hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
	readonly [key: string]: Json;
}

export const isJsonObject = (value: Json): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** How large a value may be: `size` in characters of its JSON, `depth` in levels of arrays and objects. */
export interface JsonLimits {
	readonly size: number;
	readonly depth: number;
}

/** Why a value is not plain JSON within its limits. */
export type JsonProblem = 'tooLarge' | 'tooDeep' | 'unsafeKey' | 'notJson';

/**
 * A clone of any value as plain JSON, or why it cannot be one. It never throws: other devices may send what no
 * honest one would (bytes, big integers, an object whose prototype holds its fields).
 */
export function plainJson(value: unknown, limits: JsonLimits): Result<Json, JsonProblem> {
	let left = limits.size;

	const clone = (part: unknown, depth: number): Json => {
		if (typeof part === 'string') return spend(part.length + 2, part);
		// JSON has no −0.
		if (typeof part === 'number' && Number.isFinite(part))
			return spend(String(part).length, part || 0);
		if (typeof part === 'boolean' || part === null) return spend(5, part);
		if (typeof part !== 'object') throw new Refused('notJson');
		if (depth >= limits.depth) throw new Refused('tooDeep');

		if (Array.isArray(part)) return Array.from(part, (item) => spend(1, clone(item, depth + 1)));
		// `{"__proto__": …}` from the wire becomes a prototype, whose fields would read like own ones.
		if (Object.getPrototypeOf(part) !== Object.prototype) throw new Refused('notJson');
		const own: Record<string, Json> = {};
		for (const key of Object.keys(part)) {
			if (unsafeKeys.has(key)) throw new Refused('unsafeKey');
			const item: unknown = (part as Record<string, unknown>)[key];
			// As JSON does: an optional property that is spelled out is not there.
			if (item !== undefined) own[key] = spend(key.length + 4, clone(item, depth + 1));
		}
		return own;
	};
	const spend = <T>(size: number, part: T): T => {
		left -= size;
		if (left < 0) throw new Refused('tooLarge');
		return part;
	};

	try {
		return ok(clone(value, 0));
	} catch (error) {
		if (error instanceof Refused) return err(error.problem);
		throw error;
	}
}

/** What a text says as JSON; `undefined` where it is none, or no text. To be parsed by a schema. */
export function jsonFrom(text: unknown): unknown {
	try {
		return typeof text === 'string' ? JSON.parse(text) : undefined;
	} catch {
		return undefined;
	}
}

/** JSON with sorted keys: two plain values are the same exactly when these texts are. */
export function canonical(value: unknown): string {
	return JSON.stringify(value, (_, part: unknown) =>
		typeof part === 'object' && part !== null && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
			: part
	);
}

/** Whether two plain values (or two absences) are the same, whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
	if (Array.isArray(a) !== Array.isArray(b)) return false;
	const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
	const keys = Object.keys(left);
	return (
		keys.length === Object.keys(right).length &&
		keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
	);
}

const unsafeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Leaves the recursion in `plainJson`, and goes no further. */
class Refused {
	readonly problem: JsonProblem;
	constructor(problem: JsonProblem) {
		this.problem = problem;
	}
}
