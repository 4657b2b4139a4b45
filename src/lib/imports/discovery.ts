import type { EventProperty } from '$lib/events/event-type';
import type { Field } from '$lib/fields/field';
import { textKey } from '$lib/text-key';
import type { ImportDefinitions } from './mapping';

/** What the workspace's document must learn from an import. */
export interface NewDefinitions {
	/** New fields, and known ones that got options. */
	readonly fields: readonly Field[];
	readonly tags: readonly Named[];
	readonly lists: readonly Named[];
	readonly eventTypes: readonly NewEventType[];
}

interface Named {
	readonly id: string;
	readonly name: string;
}

export interface NewEventType {
	readonly id: string;
	/** Only of a new type. */
	readonly name?: string;
	/** New ones. */
	readonly properties: readonly EventProperty[];
}

/** Most choices a field gets from a file; more of them are no choices but text. */
const maxOptions = 500;

/**
 * Finds tags, lists, options and types of events by name, and makes those that are not there yet, as the rows of a file
 * come by; after each row either `keep` or `drop` says what becomes of them. Names are the same when their text keys are.
 */
export class Discovery {
	readonly #newId: () => string;
	readonly #tags: Names;
	readonly #lists: Names;
	readonly #types: Names;
	readonly #fields = new Map<string, Field>();
	readonly #changed = new Set<string>();
	readonly #options = new Map<string, Set<string>>();
	readonly #properties = new Map<string, Map<string, EventProperty>>();
	readonly #newProperties = new Map<string, EventProperty[]>();
	/** How to take back what the row that is being read has added. */
	readonly #undo: (() => void)[] = [];

	constructor({ fields, tags, lists, eventTypes }: ImportDefinitions, newId: () => string) {
		this.#newId = newId;
		this.#tags = new Names(tags);
		this.#lists = new Names(lists);
		this.#types = new Names(new Map([...eventTypes].map(([id, { name }]) => [id, name])));
		// What people write for a type may be its id as well.
		for (const id of eventTypes.keys()) this.#types.also(id, id);
		for (const field of fields.values()) this.#fields.set(field.id, field);
		for (const { id, properties } of eventTypes.values())
			this.#properties.set(id, new Map(properties.map((property) => [property.id, property])));
	}

	/** Ids of the tags and lists that rows named. */
	readonly used = { tags: new Set<string>(), lists: new Set<string>() };

	tag(name: string): string {
		return this.#use(this.#idOf(this.#tags, name, this.#newId), this.used.tags);
	}

	list(name: string): string {
		return this.#use(this.#idOf(this.#lists, name, this.#newId), this.used.lists);
	}

	eventType(name: string): string {
		return this.#idOf(this.#types, name, () => slugOf(name, this.#newId));
	}

	hasEventType = (id: string): boolean => this.#types.has(id);

	/** The row is taken: what it named is there from now on. */
	keep(): void {
		if (this.#undo.length > 0) this.#undo.length = 0;
	}

	/** The row is rejected: what it alone named is not there. */
	drop(): void {
		for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) undo();
	}

	/** How much this row has added so far, to go back there with `dropSince`. */
	get mark(): number {
		return this.#undo.length;
	}

	/** What this row has added since is not there: the value that named it is left out. */
	dropSince(mark: number): void {
		while (this.#undo.length > mark) this.#undo.pop()!();
	}

	/** Makes a type known under an id that was chosen for it. */
	addEventType(id: string, name: string): void {
		if (!this.#types.has(id)) this.#types.add(id, name);
	}

	addField(field: Field): void {
		if (this.#fields.has(field.id)) return;
		this.#fields.set(field.id, field);
		this.#changed.add(field.id);
	}

	/** The id of a choice of a field, added to it if it is new; `undefined` when there are too many. */
	option(field: string, name: string): string | undefined {
		const id = textKey(name);
		const known = this.#optionsOf(field);
		if (known.has(id)) return id;
		const definition = this.#fields.get(field);
		if (!definition || known.size >= maxOptions) return;
		const isFirst = !this.#changed.has(field);
		known.add(id);
		const options = [...(definition.options ?? []), { id, name }];
		this.#fields.set(field, { ...definition, options });
		this.#changed.add(field);
		this.#undo.push(() => {
			known.delete(id);
			this.#fields.set(field, definition);
			if (isFirst) this.#changed.delete(field);
		});
		return id;
	}

	/** Gives a type a property, unless it has one of that id, or one kept in the same column. */
	addProperty(type: string, property: EventProperty): void {
		const known = this.#properties.get(type) ?? new Map<string, EventProperty>();
		this.#properties.set(type, known);
		if (known.has(property.id)) return;
		if (property.column && [...known.values()].some(({ column }) => column === property.column))
			return;
		known.set(property.id, property);
		this.#newProperties.set(type, [...(this.#newProperties.get(type) ?? []), property]);
	}

	/** Everything that was new so far. */
	get found(): NewDefinitions {
		const newTypes = new Map(this.#types.made.map(({ id, name }) => [id, name]));
		const touched = new Set([...newTypes.keys(), ...this.#newProperties.keys()]);
		return {
			fields: [...this.#changed].map((id) => this.#fields.get(id)!),
			tags: this.#tags.made,
			lists: this.#lists.made,
			eventTypes: [...touched].map((id) => {
				const name = newTypes.get(id);
				const properties = this.#newProperties.get(id) ?? [];
				return name === undefined ? { id, properties } : { id, name, properties };
			})
		};
	}

	/** The fields with all that was found, by id: what rows are stored by. */
	get fields(): ReadonlyMap<string, Field> {
		return this.#fields;
	}

	#idOf(names: Names, name: string, newId: () => string): string {
		const known = names.idOf(name);
		if (known !== undefined) return known;
		this.#undo.push(() => names.removeLast());
		return names.make(name, newId);
	}

	#use(id: string, used: Set<string>): string {
		if (used.has(id)) return id;
		used.add(id);
		this.#undo.push(() => used.delete(id));
		return id;
	}

	#optionsOf(field: string): Set<string> {
		const known = this.#options.get(field);
		if (known) return known;
		const options = new Set(this.#fields.get(field)?.options?.map(({ id }) => id));
		this.#options.set(field, options);
		return options;
	}
}

class Names {
	readonly made: Named[] = [];
	readonly #ids = new Map<string, string>();
	readonly #taken = new Set<string>();

	constructor(known: ReadonlyMap<string, string>) {
		for (const [id, name] of known) {
			this.#taken.add(id);
			this.also(name, id);
		}
	}

	has = (id: string): boolean => this.#taken.has(id);

	also(name: string, id: string): void {
		const key = textKey(name);
		if (!this.#ids.has(key)) this.#ids.set(key, id);
	}

	add(id: string, name: string): void {
		this.#taken.add(id);
		this.also(name, id);
		this.made.push({ id, name });
	}

	idOf = (name: string): string | undefined => this.#ids.get(textKey(name));

	/** Makes one whose name nobody has, under an id nobody has. */
	make(name: string, newId: () => string): string {
		let id = newId();
		while (this.#taken.has(id)) id = `${id.slice(0, 58)}_${this.made.length + 2}`;
		this.add(id, name);
		return id;
	}

	/** Undoes the last `make`. */
	removeLast(): void {
		const last = this.made.pop();
		if (!last) return;
		this.#taken.delete(last.id);
		this.#ids.delete(textKey(last.name));
	}
}

/** An id one can read, made of a name: `Trial started` is `trial_started`. */
export function slugOf(name: string, otherwise: () => string): string {
	const slug = name
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll(/\p{M}/gu, '')
		.replaceAll(/[^a-z0-9]+/g, '_')
		.replaceAll(/^_+|_+$/g, '')
		.slice(0, 48);
	return slug === '' ? otherwise() : slug;
}
