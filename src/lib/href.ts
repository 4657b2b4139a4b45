import { base, resolve } from '$app/paths';

/** Kit's `resolve` gives `/demo#/x`, which leaves `/demo/`; the part from `#` stays on the page we are on. */
export const href = ((...route: Parameters<typeof resolve>) =>
	resolve(...route).slice(base.length)) as typeof resolve;

/** A whole link, to be sent to somebody, to an address of the app behind the `#`: `/join?…`. */
export const linkTo = (address: string): string =>
	`${new URL('.', document.baseURI).href}#${address}`;
