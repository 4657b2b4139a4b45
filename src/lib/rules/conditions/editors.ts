import type { Component } from 'svelte';
import type { EditorProps, Search } from '../editing/editor';
import EventEditor from './event/EventEditor.svelte';
import EveryoneEditor from './everyone/EveryoneEditor.svelte';
import FieldEditor from './field/FieldEditor.svelte';
import { searchFields } from './field/search';
import ListEditor from './list/ListEditor.svelte';
import { searchLists } from './list/search';
import type { Condition } from './registry';
import SegmentEditor from './segment/SegmentEditor.svelte';
import TagEditor from './tag/TagEditor.svelte';
import { searchTags } from './tag/search';

/** A kind without an editor does not type-check. */
export const editors: { readonly [K in Condition['kind']]: Component<EditorProps<K>> } = {
	everyone: EveryoneEditor,
	event: EventEditor,
	field: FieldEditor,
	list: ListEditor,
	segment: SegmentEditor,
	tag: TagEditor
};

/** What the picker finds beyond the choices every kind names itself. */
export const searches: { readonly [K in Condition['kind']]?: Search } = {
	field: searchFields,
	list: searchLists,
	tag: searchTags
};

/** The editor of a kind; nothing for one that this version does not know. */
export const editorOf = (kind: string): Component<EditorProps<string>> | undefined =>
	// The one cast about editors: TypeScript cannot tie a looked-up kind to its own editor.
	(editors as unknown as Readonly<Record<string, Component<EditorProps<string>>>>)[kind];
