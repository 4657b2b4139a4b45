import { Preference } from './preference.svelte';

// static/theme.js applies the same three before the first paint; the names there must match.

/** Light, dark, or what the system says. */
export const theme = new Preference('theme', ['system', 'light', 'dark']);

/** How high rows and controls are. */
export const density = new Preference('density', ['regular', 'compact', 'roomy']);

/** `reduced` stills everything, also where the system does not ask for it. */
export const motion = new Preference('motion', ['system', 'reduced']);
