import type { NewDefinitions } from './discovery';
import type { ImportDefinitions } from './mapping';
import type { ContactDraft } from './rows/contact-draft';
import type { EventDraft } from './rows/event-draft';

/** Something an import may have to define: a tag, a list, a choice of a field, a type of events or what it has. */
type Name = string;

const tag = (id: string): Name => `tag ${id}`;
const list = (id: string): Name => `list ${id}`;
const choice = (field: string, id: string): Name => `choice ${field}/${id}`;
const type = (id: string): Name => `type ${id}`;
const property = (of: string, { id, column }: { id: string; column?: string | undefined }): Name =>
	`property ${of}/${column ? `#${column}` : id}`;

/** Everything that is new in what was found in a file. */
export function newNames(found: NewDefinitions, before: ImportDefinitions): Set<Name> {
	return new Set([
		...found.tags.map(({ id }) => tag(id)),
		...found.lists.map(({ id }) => list(id)),
		...found.fields.flatMap((field) => {
			const known = knownChoices(field.id, before);
			return (field.options ?? [])
				.filter(({ id }) => !known.has(id))
				.map(({ id }) => choice(field.id, id));
		}),
		...found.eventTypes.flatMap(({ id, name, properties }) => [
			...(name === undefined ? [] : [type(id)]),
			...properties.map((one) => property(id, one))
		])
	]);
}

/** What a row names. */
export function namesIn(draft: ContactDraft | EventDraft): Name[] {
	if ('at' in draft) {
		const { type: of, ref, value, properties = {} } = draft;
		return [
			type(of),
			...Object.keys(properties).map((id) => property(of, { id })),
			...(ref === undefined ? [] : [property(of, { id: '', column: 'ref' })]),
			...(value === undefined ? [] : [property(of, { id: '', column: 'value' })])
		];
	}
	const { tags = [], lists = [], values } = draft;
	return [
		...tags.map(tag),
		...lists.map(list),
		...Object.entries(values).flatMap(([field, value]) =>
			[value].flat().map((id) => choice(field, String(id)))
		)
	];
}

/** The definitions without those that nothing refers to. */
export function without(
	orphans: ReadonlySet<Name>,
	{ fields, tags, lists, eventTypes }: NewDefinitions,
	before: ImportDefinitions
): NewDefinitions {
	return {
		tags: tags.filter(({ id }) => !orphans.has(tag(id))),
		lists: lists.filter(({ id }) => !orphans.has(list(id))),
		fields: fields.flatMap((field) => {
			if (!field.options?.some(({ id }) => orphans.has(choice(field.id, id)))) return [field];
			const options = field.options.filter(({ id }) => !orphans.has(choice(field.id, id)));
			const isKnown = before.fields.has(field.id);
			return isKnown && options.length === knownChoices(field.id, before).size
				? []
				: [{ ...field, options }];
		}),
		eventTypes: eventTypes.flatMap(({ properties: all, ...rest }) => {
			const properties = all.filter((one) => !orphans.has(property(rest.id, one)));
			const gone = rest.name === undefined ? properties.length === 0 : orphans.has(type(rest.id));
			return gone ? [] : [{ ...rest, properties }];
		})
	};
}

const knownChoices = (field: string, { fields }: ImportDefinitions): Set<string> =>
	new Set(fields.get(field)?.options?.map(({ id }) => id));
