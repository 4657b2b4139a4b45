import { NodeId, rootId, type DraftGroup, type DraftRule } from '$lib/rules/rule';

/**
 * Those who were sent a campaign and did not open it, as far as that is known. Whom it did not reach, and who has said by
 * it that they want no more, are not among them. `ref` is what its events call it.
 */
export function didNotOpen(ref: string, newId: () => string): DraftGroup {
	const about = (activity: string, did: boolean): DraftRule => ({
		type: 'condition',
		id: NodeId.parse(newId()),
		condition: {
			...{ kind: 'message', activity, did },
			emails: { which: 'campaigns', campaigns: [ref] }
		}
	});
	return {
		...{ type: 'group', id: rootId, match: 'all' },
		children: [
			about('sent', true),
			...['opened', 'bounced', 'complained', 'unsubscribed'].map((activity) =>
				about(activity, false)
			)
		]
	};
}
