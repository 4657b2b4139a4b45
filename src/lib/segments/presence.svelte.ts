import type { Attachment } from 'svelte/attachments';
import type { App } from '$lib/app.svelte';

/** The element that says where this person is: the next page is there before the last one has gone. */
let saying: HTMLElement | undefined;

/**
 * Lets the team see that this person is at a segment, and at which row, for as long as the element is there. Rows are
 * the elements with `data-node`.
 */
export const presentAt =
	(app: App, segment: () => string | undefined): Attachment<HTMLElement> =>
	(element) => {
		const { team } = app;
		const id = segment();
		if (!team || id === undefined) return;
		const say = ({ target }: Event) => {
			const row = (target as Element).closest<HTMLElement>('[data-node]');
			team.be({ segment: id, node: row?.dataset.node });
		};
		const hide = () => team.be(document.hidden ? {} : { segment: id });
		saying = element;
		team.be({ segment: id });
		element.addEventListener('focusin', say);
		document.addEventListener('visibilitychange', hide);
		return () => {
			element.removeEventListener('focusin', say);
			document.removeEventListener('visibilitychange', hide);
			if (saying === element) team.be({});
		};
	};
