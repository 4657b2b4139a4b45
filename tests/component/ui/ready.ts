/**
 * Import this where components watch their size, point or open over the page: jsdom lays nothing out and
 * captures no pointer, and the panels that are loaded when needed are loaded before the clock of a
 * `findBy…` runs.
 */
import '$lib/ui/DialogPanel.svelte';
import '$lib/ui/MenuPanel.svelte';
import '$lib/ui/PopoverPanel.svelte';
import '$lib/ui/ToasterPanel.svelte';

globalThis.ResizeObserver ??= class {
	observe() {}
	unobserve() {}
	disconnect() {}
};
window.matchMedia ??= (media) =>
	Object.assign(new EventTarget(), { matches: false, media }) as never;
Element.prototype.setPointerCapture ??= () => {};
Element.prototype.hasPointerCapture ??= () => false;
Element.prototype.releasePointerCapture ??= () => {};
Element.prototype.scrollIntoView ??= () => {};
// An element without a box counts as hidden, and what hangs on it is hidden too.
Element.prototype.getClientRects = function () {
	return [this.getBoundingClientRect()] as unknown as DOMRectList;
};
