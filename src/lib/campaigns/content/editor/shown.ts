export type Shape = 'paragraph' | 'heading1' | 'heading2' | 'heading3' | 'button';

/** What the text is like where the caret is: what a toolbar shows. */
export interface Formats {
	readonly shape: Shape;
	readonly bold: boolean;
	readonly italic: boolean;
	readonly bullets: boolean;
	readonly numbers: boolean;
	readonly quote: boolean;
	/** Where the link or button leads that the caret is in. */
	readonly href: string | undefined;
	/** Whether there are words for a link to be on. */
	readonly selected: boolean;
	/** The merge field that is selected. */
	readonly field: { readonly field: string; readonly fallback: string | undefined } | undefined;
	readonly canUndo: boolean;
	readonly canRedo: boolean;
}

export const noFormats: Formats = {
	shape: 'paragraph',
	bold: false,
	italic: false,
	bullets: false,
	numbers: false,
	quote: false,
	href: undefined,
	selected: false,
	field: undefined,
	canUndo: false,
	canRedo: false
};
