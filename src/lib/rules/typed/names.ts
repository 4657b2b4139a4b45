import { textKey } from '$lib/text-key';
import { namesOf, type Definitions, type Named, type Reference } from '../definitions';
import { quote } from './token';

/** Things with a name and an id, found by either. Names are told apart by their text keys. */
export class Names<T extends Named = Named> {
	readonly #byId: ReadonlyMap<string, T>;
	readonly #byKey = new Map<string, readonly T[]>();
	/** What longer names begin with, by whole words: bare, it would take in the words after it that go on like one. */
	readonly #beginnings: ReadonlySet<string>;
	/** "a field" */
	readonly what: string;

	/** How a name is printed. */
	readonly #quote: (name: string) => string;

	constructor(what: string, things: Iterable<T>, quoting: (name: string) => string = quote) {
		this.what = what;
		this.#quote = quoting;
		this.#byId = new Map([...things].map((thing) => [thing.id, thing]));
		for (const thing of this.#byId.values()) {
			const key = textKey(thing.name);
			this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), thing]);
		}
		this.#beginnings = new Set([...this.#byKey.keys()].flatMap(beginningsOf));
	}

	get all(): readonly T[] {
		return [...this.#byId.values()];
	}

	get(id: string): T | undefined {
		return this.#byId.get(id);
	}

	/** The one thing that is called so; nothing where there are several. */
	called(name: string): T | undefined {
		const [only, ...others] = this.#byKey.get(textKey(name)) ?? [];
		return others.length === 0 ? only : undefined;
	}

	/** By its name, if that finds it again; else by its id, also of what is not there any more. */
	print(id: string): string {
		const name = this.#byId.get(id)?.name;
		return name !== undefined && this.called(name)?.id === id ? this.say(name) : `#${quote(id)}`;
	}

	/** In quotes where it would not be read as it is. */
	say(name: string): string {
		return this.#beginnings.has(textKey(name)) ? JSON.stringify(name) : this.#quote(name);
	}
}

/** "coffee" and "coffee or" of "coffee or tea" */
const beginningsOf = (key: string): readonly string[] =>
	[...key.matchAll(/\s+/gu)].map(({ index }) => key.slice(0, index));

/** What rules refer to, by name and by id. With `quoted` every name is printed in quotes, so that none is taken for words. */
export class Vocabulary {
	readonly definitions: Definitions;
	readonly quoting: (name: string) => string;
	readonly fields;
	readonly eventTypes;
	readonly tags;
	readonly lists;
	readonly segments;

	constructor(definitions: Definitions, { quoted = false } = {}) {
		this.definitions = definitions;
		this.quoting = quoted ? (name) => JSON.stringify(name) : quote;
		const called = (what: string, type: Reference['type']) =>
			new Names(what, namesOf(type, definitions), this.quoting);
		this.fields = called('a field', 'field');
		this.eventTypes = called('an event', 'eventType');
		this.tags = called('a tag', 'tag');
		this.lists = called('a list', 'list');
		this.segments = called('a segment', 'segment');
	}
}
