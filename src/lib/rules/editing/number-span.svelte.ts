import { sayValue } from '$lib/fields/say';
import { Latest } from '$lib/latest.svelte';
import type { EditorContext } from './editor';
import type { ValueSource } from './value-source';

/** "From 0 to 842.9 in your contacts.", once it is known; asked while `open`. Must be made while a component is. */
export function numberSpan(
	context: () => EditorContext,
	source: () => ValueSource,
	open: () => boolean
): { readonly hint: string | undefined } {
	const span = new Latest(
		() => (open() ? { context: context(), source: source() } : undefined),
		async ({ context, source }) => context.span?.(source)
	);
	return {
		get hint() {
			const { value, current } = span;
			// A line is kept free for it.
			if (!value)
				return open() && context().span && current.status === 'pending' ? '\u00a0' : undefined;
			const say = (number: number) => sayValue(number, undefined);
			return `From ${say(value.lowest)} to ${say(value.highest)} in your contacts.`;
		}
	};
}
