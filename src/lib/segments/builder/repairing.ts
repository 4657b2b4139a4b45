import { unreachable } from '$lib/result';
import type { Repair } from '$lib/rules/repairs';
import { rootId } from '$lib/rules/rule';
import type { Builder } from './builder.svelte';

/** A repair that is one gesture here: what is chosen from a list, or opened elsewhere, is not. */
export type OwnRepair = Exclude<Repair, { readonly type: 'Replace' | 'OpenSegment' }>;

/** Does a repair, as one step of undo, and brings the focus to where one would go on. */
export function repair(builder: Builder, repair: OwnRepair): void {
	const { view } = builder;
	switch (repair.type) {
		case 'Remove':
			return builder.remove(repair.node);
		case 'Ungroup':
			return builder.ungroup(repair.node);
		case 'SwitchOn':
			view.want(repair.node);
			return builder.toggleMuted(repair.node);
		case 'ChooseMatch':
			// The root is no row: what it combines is.
			view.want(repair.node === rootId ? builder.draft.children[0]?.id : repair.node);
			return builder.setMatch(repair.node, repair.match);
		case 'FillIn':
			return view.want(repair.node, true);
		case 'Refit':
		case 'TakeOut':
			view.want(repair.node);
			return builder.set(repair.node, repair.condition);
		default:
			return unreachable(repair);
	}
}
