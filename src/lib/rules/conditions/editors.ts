import type { Component } from 'svelte';
import type { EditorProps, Search } from '../editing/editor';
import AggregateEditor from './aggregate/AggregateEditor.svelte';
import AnniversaryEditor from './anniversary/AnniversaryEditor.svelte';
import ChangedEditor from './changed/ChangedEditor.svelte';
import ConsentEditor from './consent/ConsentEditor.svelte';
import EngagementEditor from './engagement/EngagementEditor.svelte';
import EventEditor from './event/EventEditor.svelte';
import EveryoneEditor from './everyone/EveryoneEditor.svelte';
import FieldEditor from './field/FieldEditor.svelte';
import { searchFields } from './field/search';
import FirstEditor from './first/FirstEditor.svelte';
import InactiveEditor from './inactive/InactiveEditor.svelte';
import LastEditor from './last/LastEditor.svelte';
import ListEditor from './list/ListEditor.svelte';
import { inList } from './list/list';
import PlaceEditor from './place/PlaceEditor.svelte';
import type { Condition } from './registry';
import { searchNamed } from './search-named';
import MembershipEditor from './membership/MembershipEditor.svelte';
import MessageEditor from './message/MessageEditor.svelte';
import PurchaseEditor from './purchase/PurchaseEditor.svelte';
import RegularlyEditor from './regularly/RegularlyEditor.svelte';
import SampleEditor from './sample/SampleEditor.svelte';
import SegmentEditor from './segment/SegmentEditor.svelte';
import SequenceEditor from './sequence/SequenceEditor.svelte';
import SuppressedEditor from './suppressed/SuppressedEditor.svelte';
import TagEditor from './tag/TagEditor.svelte';
import { tagged } from './tag/tag';

/** A kind without an editor does not type-check. */
export const editors: { readonly [K in Condition['kind']]: Component<EditorProps<K>> } = {
	aggregate: AggregateEditor,
	anniversary: AnniversaryEditor,
	changed: ChangedEditor,
	consent: ConsentEditor,
	everyone: EveryoneEditor,
	engagement: EngagementEditor,
	event: EventEditor,
	field: FieldEditor,
	first: FirstEditor,
	inactive: InactiveEditor,
	last: LastEditor,
	list: ListEditor,
	membership: MembershipEditor,
	message: MessageEditor,
	purchase: PurchaseEditor,
	regularly: RegularlyEditor,
	place: PlaceEditor,
	sample: SampleEditor,
	segment: SegmentEditor,
	sequence: SequenceEditor,
	suppressed: SuppressedEditor,
	tag: TagEditor
};

/** What the picker finds beyond the choices every kind names itself. */
export const searches: { readonly [K in Condition['kind']]?: Search } = {
	field: searchFields,
	list: searchNamed('list', inList),
	tag: searchNamed('tag', tagged)
};

/** The editor of a kind; nothing for one that this version does not know. */
export const editorOf = (kind: string): Component<EditorProps<string>> | undefined =>
	// The one cast about editors: TypeScript cannot tie a looked-up kind to its own editor.
	(editors as unknown as Readonly<Record<string, Component<EditorProps<string>>>>)[kind];
