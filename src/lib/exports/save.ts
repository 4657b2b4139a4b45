import type { Exported, ExportPlace } from './run-files';

/** Where this workspace's files are written before they are saved. */
export const exportsFolder = (namespace: string): string => `${namespace}-exports`;

/** The finished file, from where the worker left it, under the name it is to be saved by. */
export async function fileOf(
	done: Extract<Exported, { status: 'done' }>,
	{ folder, name }: ExportPlace,
	saveAs: string,
	mime: string
): Promise<File> {
	return new File([done.blob ?? (await kept(folder, name))], saveAs, { type: mime });
}

/** A reference, not a copy in memory. */
async function kept(folder: string, name: string): Promise<File> {
	const root = await navigator.storage.getDirectory();
	const directory = await root.getDirectoryHandle(folder);
	return (await directory.getFileHandle(name)).getFile();
}

/** Whether this browser lets a page ask where to save a file. */
export const canChoosePlace = (): boolean => 'showSaveFilePicker' in globalThis;

/** Asks where to save the file, and writes it there. False if the person thought better of it. */
export async function saveWhereAsked(file: File): Promise<boolean> {
	const { fileSave } = await import('browser-fs-access');
	const extension = file.name.slice(file.name.lastIndexOf('.'));
	try {
		await fileSave(file, {
			fileName: file.name,
			extensions: [extension],
			mimeTypes: [file.type],
			id: 'exports'
		});
		return true;
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') return false;
		throw error;
	}
}
