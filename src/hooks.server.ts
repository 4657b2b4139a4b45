import type { Handle } from '@sveltejs/kit';

/** At build time: the two faces of the first screen are fetched with the styles; latin-ext waits until a name needs it. */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		preload: ({ type, path }) =>
			type === 'js' || type === 'css' || (type === 'font' && path.includes('latin-wght'))
	});
