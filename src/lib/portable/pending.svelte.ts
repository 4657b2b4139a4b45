import { PendingFile } from '$lib/imports/pending.svelte';

/** The workspace file that is being looked at: dropped anywhere, or chosen. */
export const openedFile = new PendingFile();

/** Whether a file is one of a workspace rather than of rows, by its name. */
export const isWorkspaceFile = ({ name }: Pick<File, 'name'>): boolean =>
	/\.(?:json|ndjson|winnow)$/i.test(name);

/** For the dialog that chooses one. */
export const workspaceFiles = '.winnow,.json,.ndjson,application/json,application/x-ndjson';
