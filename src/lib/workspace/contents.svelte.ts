import type * as Y from 'yjs';
import type { Definitions } from '$lib/rules/definitions';
import { readCampaign, type Campaign } from './campaigns';
import { readComments, readPeople, type Comment } from './comments';
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
import { readSegment, type Segment } from './segment';
import { readSettings, type Settings } from './settings';
import { readSmartList, type SmartList } from './smart-lists';
import { readUsingTemplates, type UsingTemplate } from './template-fields';
import { Topic } from './topic.svelte';
import { readVersions, type KeptVersion } from './versions';

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
	readonly #comments = new Topic();
	readonly #commentsOf = new Map<string, readonly Comment[]>();
	#people: ReadonlyMap<string, string> | undefined;
	readonly #campaigns = new Topic();
	readonly #campaignOf = new Map<string, Campaign | undefined>();
	readonly #smartLists = new Topic();
	readonly #smartListOf = new Map<string, SmartList | undefined>();
	readonly #exports = new Topic();
	readonly #suppressions = new Topic();
	#suppressionsVersion = 0;
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

	/** All segments but the deleted ones, by name. Those that were built for one campaign are not among them. */
	get segments(): readonly Segment[] {
		return this.#all().filter(
			({ state, campaign }) => state !== 'deleted' && campaign === undefined
		);
	}

	get deletedSegments(): readonly Segment[] {
		return this.#all().filter(
			({ state, campaign }) => state === 'deleted' && campaign === undefined
		);
	}

	/** Those that were built for one campaign each, on the spot: a part of that, and offered nowhere else. */
	get campaignSegments(): readonly Segment[] {
		return this.#all().filter(
			({ state, campaign }) => state !== 'deleted' && campaign !== undefined
		);
	}

	/** A segment, deleted ones too; `undefined` if there is none. */
	segment(id: string): Segment | undefined {
		this.#topicOf(id).read();
		return this.#read(id);
	}

	versions(segment: string): readonly KeptVersion[] {
		this.#topicOf(segment).read();
		return readVersions(this.#registers, segment);
	}

	/** What was said about a segment, resolved or not, oldest first. */
	comments(segment: string): readonly Comment[] {
		this.#comments.read();
		let comments = this.#commentsOf.get(segment);
		if (!comments)
			this.#commentsOf.set(segment, (comments = readComments(this.#registers, segment)));
		return comments;
	}

	/** All campaigns but the deleted ones, the one touched last first. */
	get campaigns(): readonly Campaign[] {
		this.#campaigns.read();
		return [...this.#registers.owners('campaigns')]
			.flatMap((id) => this.#readCampaign(id) ?? [])
			.filter(({ state }) => state !== 'deleted')
			.sort((a, b) => b.updated.at - a.updated.at || compare(a.id, b.id));
	}

	/** A campaign, deleted ones too; `undefined` if there is none. */
	campaign(id: string): Campaign | undefined {
		this.#campaigns.read();
		return this.#readCampaign(id);
	}

	/** All smart lists but the deleted ones, by name. */
	get smartLists(): readonly SmartList[] {
		return this.#allSmartLists().filter(({ state }) => state !== 'deleted');
	}

	get deletedSmartLists(): readonly SmartList[] {
		return this.#allSmartLists().filter(({ state }) => state === 'deleted');
	}

	/** A smart list, deleted ones too; `undefined` if there is none. */
	smartList(id: string): SmartList | undefined {
		this.#smartLists.read();
		return this.#readSmartList(id);
	}

	/** Templates of exports, with the fields they use. */
	get exportTemplates(): readonly UsingTemplate[] {
		this.#exports.read();
		return readUsingTemplates(this.#registers);
	}

	/** Rises whenever hashes of suppressed addresses, or the keys they are made with, have changed. */
	get suppressionsVersion(): number {
		this.#suppressions.read();
		return this.#suppressionsVersion;
	}

	/** How many suppressed addresses the document knows by their hashes. */
	get suppressionCount(): number {
		this.#suppressions.read();
		return [...this.#registers.owners('suppressions')].length;
	}

	/** How who did something calls themselves; `undefined` for somebody who never said. */
	personName(by: string): string | undefined {
		this.#comments.read();
		return (this.#people ??= readPeople(this.#registers)).get(by);
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

	#readCampaign(id: string): Campaign | undefined {
		if (!this.#campaignOf.has(id)) this.#campaignOf.set(id, readCampaign(this.#registers, id));
		return this.#campaignOf.get(id);
	}

	#allSmartLists(): readonly SmartList[] {
		this.#smartLists.read();
		return [...this.#registers.owners('smartLists')]
			.flatMap((id) => this.#readSmartList(id) ?? [])
			.sort((a, b) => compareNames(a.name, b.name) || compare(a.id, b.id));
	}

	#readSmartList(id: string): SmartList | undefined {
		if (!this.#smartListOf.has(id)) this.#smartListOf.set(id, readSmartList(this.#registers, id));
		return this.#smartListOf.get(id);
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
			const { name, state, campaign } = segment;
			const of = campaign === undefined ? undefined : this.#readCampaign(campaign);
			// Most rules refer to no other segment.
			const definition = {
				name: of ? `Audience of ${of.name}` : name,
				archived: state === 'archived',
				...(campaign === undefined ? {} : { aside: true }),
				get rule() {
					return segment.saved;
				}
			};
			return [[id, definition] as const];
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
				if (root === 'meta') this.#suppressionsChanged();
				return this.#settings.changed();
			case 'suppressions':
				return this.#suppressionsChanged();
			case 'comments':
				for (const key of keys) this.#commentsOf.delete(ownerOf(key));
				return this.#comments.changed();
			case 'people':
				this.#people = undefined;
				return this.#comments.changed();
			case 'campaigns':
				for (const key of keys) this.#campaignOf.delete(ownerOf(key));
				if (keys.some((key) => key.endsWith('/name'))) this.#namesChanged();
				return this.#campaigns.changed();
			case 'smartLists':
				for (const key of keys) this.#smartListOf.delete(ownerOf(key));
				return this.#smartLists.changed();
			case 'exports':
				return this.#exports.changed();
			default: // what newer apps keep is read there
		}
	}

	#suppressionsChanged(): void {
		this.#suppressionsVersion++;
		this.#suppressions.changed();
	}

	#segmentsChanged(root: Root, keys: readonly string[]): void {
		const ids = new Set(keys.map(ownerOf));
		for (const id of ids) this.#segments.delete(id);
		this.#list = undefined;
		for (const id of ids) this.#topics.get(id)?.changed();
		this.#allSegments.changed();

		const named =
			root === 'segments' && keys.some((key) => /\/(?:new|name|state|saved|campaign)$/.test(key));
		if (named || root === 'versions') this.#namesChanged();
	}

	/** What rules refer to is called otherwise, or is another. */
	#namesChanged(): void {
		this.#definitions = undefined;
		this.#named.changed();
	}
}

/** As a reader of any language would look for them; codes decide where that says "the same". */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const compareNames = (a: string, b: string): number => collator.compare(a, b);
