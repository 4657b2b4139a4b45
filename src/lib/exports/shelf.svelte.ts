import { createSubscriber } from 'svelte/reactivity';
import {
	notePastExport,
	putExportTemplate,
	removeExport,
	renameExportTemplate
} from '$lib/workspace/edit-exports';
import {
	readExportTemplates,
	readPastExports,
	type ExportTemplate,
	type PastExport
} from '$lib/workspace/exports';
import { randomId } from '$lib/workspace/random-id';
import { mapOf, registersOf } from '$lib/workspace/registers';
import type { Edited, Session } from '$lib/workspace/session.svelte';
import type { ExportDefinition } from './columns';

/**
 * What a workspace keeps of exports: templates, and the last files. Beside the workspace and not in it, since only the
 * pages of exports need it. Nothing of it is a step of undo.
 */
export class ExportShelf {
	readonly #workspace: Session;
	readonly #read: () => void;

	constructor(workspace: Session) {
		this.#workspace = workspace;
		// Its registers are indexed before anybody here hears of a change.
		registersOf(workspace.doc);
		const map = mapOf(workspace.doc, 'exports');
		this.#read = createSubscriber((update) => {
			map.observe(update);
			return () => map.unobserve(update);
		});
	}

	/** By name. */
	get templates(): readonly ExportTemplate[] {
		this.#read();
		return readExportTemplates(registersOf(this.#workspace.doc));
	}

	/** Newest first. */
	get past(): readonly PastExport[] {
		this.#read();
		return readPastExports(registersOf(this.#workspace.doc));
	}

	/** Gives the id of the new template. */
	saveTemplate(name: string, definition: ExportDefinition): Edited<string> {
		const id = randomId(10);
		return this.#workspace.gesture(
			'Save export template',
			(edit) => (putExportTemplate(edit, id, name, definition), id),
			false
		);
	}

	renameTemplate(id: string, name: string): Edited {
		return this.#workspace.gesture(
			'Rename export template',
			(edit) => renameExportTemplate(edit, id, name),
			false
		);
	}

	removeTemplate(id: string): Edited {
		return this.#workspace.gesture(
			'Delete export template',
			(edit) => removeExport(edit, id),
			false
		);
	}

	/** Puts a deleted template back as it was. */
	restoreTemplate({ id, name, definition }: ExportTemplate): Edited {
		return this.#workspace.gesture(
			'Restore export template',
			(edit) => putExportTemplate(edit, id, name, definition),
			false
		);
	}

	/** Lists a file that was written. */
	note(past: Omit<PastExport, 'id' | 'at' | 'by'>): Edited {
		return this.#workspace.gesture(
			'List export',
			(edit) => notePastExport(edit, randomId(10), past),
			false
		);
	}
}
