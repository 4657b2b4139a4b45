import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import Ban from '@lucide/svelte/icons/ban';
import BookOpen from '@lucide/svelte/icons/book-open';
import Clipboard from '@lucide/svelte/icons/clipboard';
import Copy from '@lucide/svelte/icons/copy';
import EyeOff from '@lucide/svelte/icons/eye-off';
import Group from '@lucide/svelte/icons/group';
import MessageSquare from '@lucide/svelte/icons/message-square';
import MoveIcon from '@lucide/svelte/icons/move';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import Trash from '@lucide/svelte/icons/trash-2';
import Ungroup from '@lucide/svelte/icons/ungroup';
import { isLowered } from '$lib/rules/conditions/registry';
import type { DraftRule } from '$lib/rules/rule';
import { copyText } from '$lib/segments/copy-text';
import type { MenuItem } from '$lib/ui/menu-item';
import type { Builder } from './builder.svelte';
import { stepFrom } from './moves';
import { copiedNode } from './pasted-node';

/** Everything that can be done to a row, with its keys. */
export function rowItems(builder: Builder, node: DraftRule): readonly MenuItem[] {
	const { id } = node;
	const { view } = builder;
	const visual = builder.mode === 'visual';
	const selected = view.selected.has(id);
	return [
		{ label: 'Duplicate', icon: Copy, keys: 'd', onselect: () => builder.duplicate(id) },
		{
			label: node.muted ? 'Switch on' : 'Switch off',
			icon: EyeOff,
			keys: 'Space',
			onselect: () => builder.toggleMuted(id)
		},
		{
			label: 'Turn round (not)',
			icon: Ban,
			keys: 'n',
			disabled: !builder.canNegate(id),
			onselect: () => builder.negate(id)
		},
		...(node.type === 'condition' && isLowered(node.condition.kind)
			? [
					{
						label: view.meaning.has(id) ? 'Hide what this means' : 'Show what this means',
						icon: BookOpen,
						onselect: () => view.toggleMeaning(id)
					}
				]
			: []),
		{ type: 'separator' },
		...(visual
			? [
					{
						label: selected && view.selected.size > 1 ? 'Group the selected rows' : 'Group',
						icon: Group,
						keys: '$mod+g',
						onselect: () => builder.group(id)
					},
					...(node.type === 'group'
						? [
								{
									label: 'Ungroup',
									icon: Ungroup,
									keys: '$mod+Shift+g',
									onselect: () => builder.ungroup(id)
								},
								{
									label: view.collapsed.has(id) ? 'Expand' : 'Collapse',
									onselect: () => view.toggleCollapsed(id)
								}
							]
						: [])
				]
			: []),
		{
			label: selected ? 'Unselect' : 'Select',
			keys: 'x',
			onselect: () => builder.select(id)
		},
		{ type: 'separator' },
		{
			label: 'Move up',
			icon: ArrowUp,
			keys: 'Alt+ArrowUp',
			disabled: !stepFrom(builder.draft, id, 'up'),
			onselect: () => builder.step(id, 'up')
		},
		{
			label: 'Move down',
			icon: ArrowDown,
			keys: 'Alt+ArrowDown',
			disabled: !stepFrom(builder.draft, id, 'down'),
			onselect: () => builder.step(id, 'down')
		},
		{ label: 'Move to…', icon: MoveIcon, onselect: () => (view.moving = id) },
		{ type: 'separator' },
		{
			label: 'Copy',
			icon: Clipboard,
			keys: '$mod+c',
			onselect: () => void copyText(copiedNode(node), 'The row was copied.')
		},
		{
			label: 'Comment',
			icon: MessageSquare,
			keys: 'm',
			onselect: () => (view.commenting = id)
		},
		{
			label: node.note ? 'Change the note' : 'Add a note',
			icon: NotebookPen,
			onselect: () => (view.noting = id)
		},
		{
			label: 'Delete',
			icon: Trash,
			keys: 'Backspace',
			danger: true,
			onselect: () => builder.remove(id)
		}
	];
}
