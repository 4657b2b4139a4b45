import type { Component } from 'svelte';

/** One place the navigation leads to. */
export interface NavItem {
	readonly href: string;
	readonly label: string;
	/** Seen where the navigation is too narrow for words. */
	readonly icon: Component<{ size?: number | string }>;
	readonly current: boolean;
	readonly count?: number | undefined;
	/** The chord that goes there; registering it is up to `Shortcut`. */
	readonly keys?: string | undefined;
}
