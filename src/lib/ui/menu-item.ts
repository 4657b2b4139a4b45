import type { Component } from 'svelte';

/** One line of a Menu. */
export type MenuItem =
	| {
			readonly type?: 'item';
			readonly label: string;
			readonly onselect?: (() => void) | undefined;
			readonly href?: string | undefined;
			readonly icon?: Component<{ size?: number | string }> | undefined;
			/** The shortcut to show; registering it is up to `Shortcut`. */
			readonly keys?: string | undefined;
			readonly danger?: boolean | undefined;
			readonly disabled?: boolean | undefined;
	  }
	| {
			readonly type: 'check';
			readonly label: string;
			readonly checked: boolean;
			readonly onselect: (checked: boolean) => void;
			readonly keys?: string | undefined;
			readonly disabled?: boolean | undefined;
	  }
	| { readonly type: 'heading'; readonly label: string }
	| { readonly type: 'separator' };
