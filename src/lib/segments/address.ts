import { goto } from '$app/navigation';
import { page } from '$app/state';

/** What stands behind `?` in the address of a page: its search, order, tab. Reading it in a template subscribes. */
export const addressParameter = (name: string): string | undefined =>
	parametersOf(page.url).get(name) ?? undefined;

/** Changes some of them, in place of the present entry of the history; `undefined` takes one away. */
export function setAddress(changes: Readonly<Record<string, string | undefined>>): void {
	const parameters = parametersOf(page.url);
	for (const [name, value] of Object.entries(changes))
		if (value === undefined || value === '') parameters.delete(name);
		else parameters.set(name, value);
	const [path] = page.url.hash.split('?');
	const text = parameters.toString();
	void goto(text === '' ? path! : `${path}?${text}`, {
		replaceState: true,
		keepFocus: true,
		noScroll: true
	});
}

const parametersOf = ({ hash }: URL) => new URLSearchParams(hash.split('?')[1] ?? '');
