import { parseRule } from '$lib/rules/parse';
import { NodeId } from '$lib/rules/rule';
import { definitions, moment } from '../../../fixtures/people';
import type { NamedPerson, Population } from '../../../fixtures/population';

type Given = { readonly kind: string } & Readonly<Record<string, unknown>>;
type Event = NamedPerson['events'][number];

/** Somebody who did nothing but this. */
export const doer = (name: string, ...events: readonly Event[]): NamedPerson => ({
	name,
	archived: false,
	fields: {},
	tags: [],
	lists: [],
	events
});

/** An event; `when` is an instant with its zone. */
export const event = (type: string, when: string, properties: Event['properties'] = {}): Event => ({
	type,
	at: Date.parse(when),
	properties
});

/** Who a condition holds for, by name, when all three ways agree. */
export async function members(population: Population, condition: Given, at = moment) {
	const rule = parseRule({ type: 'condition', id: NodeId.parse('a'), condition }, definitions);
	if (!rule.ok) throw new Error(JSON.stringify(rule.error));
	return population.byAll(rule.value, at);
}

/** Why a condition is not evaluated, in sentences. */
export function problemsOf(condition: Given): readonly string[] {
	const rule = parseRule({ type: 'condition', id: NodeId.parse('a'), condition }, definitions);
	if (rule.ok) return [];
	return rule.error.flatMap((issue) => ('problems' in issue ? issue.problems : [issue.type]));
}
