import { untrack } from 'svelte';
import type { Fields } from '$lib/fields/field';
import type { RichText } from '../block';
import { fieldCalled } from '../merge-names';
import type { Act } from './acts';
import { noFormats, type Formats } from './shown';
import type { OpenEditor } from './open-editor';

export interface TextEditingProps {
	readonly label: string;
	readonly value: RichText;
	readonly fields: Fields;
	readonly readonly: boolean;
	readonly onchange: (value: RichText) => void;
	readonly onlink: () => void;
}

/** How long after the last key a change is told of, in milliseconds. */
const pause = 400;

/** One text that is being edited: what its toolbar shows and does, and when what was typed is told of. */
export class TextEditing {
	#formats = $state.raw<Formats>(noFormats);
	#status = $state.raw<'opening' | 'open' | 'unknown'>('opening');
	readonly #props: TextEditingProps;
	#editor: OpenEditor | undefined;
	#typed: (() => RichText) | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** Reads the props as they are when they are needed. */
	constructor(props: TextEditingProps) {
		this.#props = props;
	}

	get formats(): Formats {
		return this.#formats;
	}

	/** `unknown`: it has parts that only a newer version can edit. */
	get status(): 'opening' | 'open' | 'unknown' {
		return this.#status;
	}

	act = (act: Act): boolean => this.#editor?.act(act) ?? false;

	focus = (): void => this.#editor?.focus();

	/** Tells of what was typed and not told of yet. */
	flush = (): void => {
		clearTimeout(this.#timer);
		const typed = this.#typed;
		this.#typed = undefined;
		if (typed) this.#props.onchange(typed());
	};

	/** For the element that it is to be in. */
	attach = (place: HTMLElement): (() => void) => {
		let closed = false;
		// The editor is large, and few pages have one.
		void import('./open-editor').then(({ openEditor }) => {
			if (closed) return;
			this.#editor = untrack(() => openEditor(place, this.#options()));
			this.#status = this.#editor ? 'open' : 'unknown';
		});
		$effect(() => {
			const { value } = this.#props;
			const editor = this.#editor;
			// What is being typed is newer than anything from elsewhere.
			if (!editor || this.#typed) return;
			untrack(() => (this.#status = editor.replace(value) ? 'open' : 'unknown'));
		});
		$effect(() => {
			const { fields, label } = this.#props;
			if (fields.size > 0 || label) this.#editor?.redraw();
		});
		return () => {
			closed = true;
			this.flush();
			this.#editor?.close();
			this.#editor = undefined;
		};
	};

	#options() {
		const props = this.#props;
		return {
			get label() {
				return props.label;
			},
			value: props.value,
			editable: () => !props.readonly,
			fieldCalled: (called: string) => fieldCalled(called, props.fields)?.id,
			nameOf: (field: string) => props.fields.get(field)?.name,
			onedit: (value: () => RichText) => {
				this.#typed = value;
				clearTimeout(this.#timer);
				this.#timer = setTimeout(this.flush, pause);
			},
			onformats: (formats: Formats) => (this.#formats = formats),
			onblur: this.flush,
			onlink: props.onlink
		};
	}
}
