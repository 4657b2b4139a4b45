import type * as Y from 'yjs';
import type { Definitions } from '$lib/rules/definitions';
import { readNamedThings, type NamedThings } from './definitions';
import { isWritable } from './meta';
import { compare } from './order';
import {
	mapOf,
	ownerOf,
	registersOf,
	roots,
	type BrokenRegister,
	type Registers,
	type Root
} from './registers';
import { readSegment, readVersions, type Segment, type Version } from './segment';
import { readSettings, type Settings } from './settings';
import { Topic } from './topic.svelte';

/**
 * A workspace document to read from in templates. Each segment is read once and again only when one of its own
 * registers changed, and only what shows it runs again: with hundreds of them, editing one costs one.
 */
export class Contents {
	readonly #registers: Registers;
	readonly #segments = new Map<string, Segment | undefined>();
	readonly #topics = new Map<string, Topic>();
	readonly #allSegments = new Topic();
	readonly #named = new Topic();
	readonly #settings = new Topic();
	#list: readonly Segment[] | undefined;
	#namedThings: NamedThings | undefined;
	#definitions: Definitions | undefined;
	#currentSettings: { settings: Settings; issues: readonly BrokenRegister[] } | undefined;
	/** Stops listening to the document. */
	protected readonly stop: () => void;

	constructor(doc: Y.Doc) {
		this.#registers = registersOf(doc);
		const rootOf = new Map<unknown, Root>(roots.map((root) => [mapOf(doc, root), root]));
		const onchange = ({ changed }: Y.Transaction) => {
			for (const [type, keys] of changed) {
				const root = rootOf.get(type);
				// Of a map, what changed is always a key.
				if (root) this.#changed(root, [...keys] as string[]);
			}
		};
		doc.on('afterTransaction', onchange);
		this.stop = () => doc.off('afterTransaction', onchange);
	}

	/** All segments but the deleted ones, by name. */
	get segments(): readonly Segment[] {
		return this.#all().filter(({ state }) => state !== 'deleted');
	}

	get deletedSegments(): readonly Segment[] {
		return this.#all().filter(({ state }) => state === 'deleted');
	}

	/** A segment, deleted ones too; `undefined` if there is none. */
	segment(id: string): Segment | undefined {
		this.#topicOf(id).read();
		return this.#read(id);
	}

	versions(segment: string): readonly Version[] {
		this.#topicOf(segment).read();
		return readVersions(this.#registers, segment);
	}

	/** The same object until something in it changed; editing drafts does not touch it. */
	get definitions(): Definitions {
		this.#named.read();
		return (this.#definitions ??= this.#readDefinitions());
	}

	get settings(): Settings {
		this.#settings.read();
		return this.#readSettings().settings;
	}

	/** Settings and definitions that do not read. They are left out, and kept. */
	get issues(): readonly BrokenRegister[] {
		this.#named.read();
		this.#settings.read();
		return [...this.#readNamed().issues, ...this.#readSettings().issues];
	}

	get writable(): boolean {
		this.#settings.read();
		return isWritable(this.#registers);
	}

	#all(): readonly Segment[] {
		this.#allSegments.read();
		return (this.#list ??= [...this.#registers.owners('segments')]
			.flatMap((id) => this.#read(id) ?? [])
			.sort((a, b) => compareNames(a.name, b.name) || compare(a.id, b.id)));
	}

	#read(id: string): Segment | undefined {
		if (!this.#segments.has(id)) this.#segments.set(id, readSegment(this.#registers, id));
		return this.#segments.get(id);
	}

	#readNamed(): NamedThings {
		return (this.#namedThings ??= readNamedThings(this.#registers));
	}

	#readSettings() {
		const issues: BrokenRegister[] = [];
		return (this.#currentSettings ??= { settings: readSettings(this.#registers, issues), issues });
	}

	#readDefinitions(): Definitions {
		const { fields, eventTypes, tags, lists } = this.#readNamed();
		const segments = [...this.#registers.owners('segments')].flatMap((id) => {
			const segment = this.#read(id);
			if (!segment || segment.state === 'deleted') return [];
			const { name, saved } = segment;
			return [[id, { name, archived: segment.state === 'archived', rule: saved }] as const];
		});
		return { fields, eventTypes, tags, lists, segments: new Map(segments) };
	}

	#topicOf(segment: string): Topic {
		let topic = this.#topics.get(segment);
		if (!topic) this.#topics.set(segment, (topic = new Topic()));
		return topic;
	}

	#changed(root: Root, keys: readonly string[]): void {
		switch (root) {
			case 'segments':
			case 'nodes':
			case 'versions':
				return this.#segmentsChanged(root, keys);
			case 'fields':
			case 'eventTypes':
			case 'tags':
			case 'lists':
				this.#namedThings = undefined;
				this.#definitions = undefined;
				return this.#named.changed();
			case 'settings':
			case 'meta':
				this.#currentSettings = undefined;
				return this.#settings.changed();
			default: // campaigns and the like are read elsewhere
		}
	}

	#segmentsChanged(root: Root, keys: readonly string[]): void {
		const ids = new Set(keys.map(ownerOf));
		for (const id of ids) this.#segments.delete(id);
		this.#list = undefined;
		for (const id of ids) this.#topics.get(id)?.changed();
		this.#allSegments.changed();

		const named =
			root === 'segments' && keys.some((key) => /\/(?:new|name|state|saved)$/.test(key));
		if (!named && root !== 'versions') return;
		this.#definitions = undefined;
		this.#named.changed();
	}
}

/** As a reader of any language would look for them; codes decide where that says "the same". */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const compareNames = (a: string, b: string): number => collator.compare(a, b);
