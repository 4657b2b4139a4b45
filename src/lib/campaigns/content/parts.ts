import type { Piece } from './pieces';

/** A message as it is written, whatever it is written as: each part with its fields and addresses read. */
export type Part =
	| { readonly type: 'paragraph'; readonly inlines: readonly Inline[] }
	| { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly inlines: readonly Inline[] }
	| {
			readonly type: 'list';
			/** The number of the first item; bullets without it. */
			readonly from: number | undefined;
			readonly items: readonly (readonly Part[])[];
	  }
	| { readonly type: 'quote'; readonly parts: readonly Part[] }
	| { readonly type: 'rule' }
	| { readonly type: 'button'; readonly href: Href; readonly words: readonly Inline[] }
	/** The place among the dynamic blocks. */
	| {
			readonly type: 'choice';
			readonly block: number;
			readonly variants: readonly (readonly Part[])[];
			readonly otherwise: readonly Part[];
	  };

export type Inline =
	| { readonly type: 'text'; readonly text: string; readonly marks: Marks }
	| {
			readonly type: 'hole';
			readonly value: number;
			readonly fallback: string;
			readonly marks: Marks;
	  }
	| { readonly type: 'break' }
	| {
			readonly type: 'link';
			readonly href: Href;
			readonly words: readonly Inline[];
	  };

export interface Marks {
	readonly bold: boolean;
	readonly italic: boolean;
}

/** Where a link leads. */
export type Href =
	/** The site is always the same; the rest may have values in it. Not escaped for HTML. */
	| { readonly type: 'pieces'; readonly pieces: readonly Piece[] }
	/** A contact's value is the whole of it; `fallback` is an address or `''`. */
	| { readonly type: 'value'; readonly value: number; readonly fallback: string }
	/** None that can be used: the words stay. */
	| { readonly type: 'none' };
