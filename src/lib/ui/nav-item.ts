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
	/** Places inside of it, small below it where there is room. */
	readonly inside?: readonly NavSubItem[] | undefined;
}

export type NavSubItem = Pick<NavItem, 'href' | 'label' | 'current'>;
