/**
 * Where an element stood when a panel was hung on it: the panel stays there while what is chosen in it makes the page
 * grow or shrink. It follows again as soon as somebody scrolls, or the window changes.
 */
export function heldAnchor(anchor: HTMLElement) {
	let rect = anchor.getBoundingClientRect();
	const look = ({ target }: Event) => {
		if (target instanceof Node && !target.contains(anchor)) return;
		if (anchor.isConnected) rect = anchor.getBoundingClientRect();
	};
	addEventListener('scroll', look, { capture: true, passive: true });
	addEventListener('resize', look);
	return {
		contextElement: anchor,
		getBoundingClientRect: () => rect,
		release() {
			removeEventListener('scroll', look, { capture: true });
			removeEventListener('resize', look);
		}
	};
}
