import { keptOf, type Written } from './rotation';

/** What TypeScript does not know yet of folders that a person gives a page. */
interface GivenFolder extends FileSystemDirectoryHandle {
	queryPermission?(how: { mode: 'readwrite' }): Promise<PermissionState>;
	requestPermission?(how: { mode: 'readwrite' }): Promise<PermissionState>;
}
type Picker = (options: {
	mode: 'readwrite';
	id: string;
	startIn: 'documents';
}) => Promise<FileSystemDirectoryHandle>;

const pickerHere = (): Picker | undefined =>
	(globalThis as { showDirectoryPicker?: Picker }).showDirectoryPicker;

/** Whether this browser lets a page write into a folder. */
export const canChooseFolder = (): boolean => pickerHere() !== undefined;

/** Asks for a folder; `undefined` if the person thought better of it. */
export async function chooseFolder(): Promise<FileSystemDirectoryHandle | undefined> {
	try {
		return await pickerHere()?.({ mode: 'readwrite', id: 'backup', startIn: 'documents' });
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') return;
		throw error;
	}
}

/** Whether the page may write there. The browser may want a click to say so again. */
export const permissionOf = async (folder: GivenFolder): Promise<PermissionState> =>
	(await folder.queryPermission?.({ mode: 'readwrite' })) ?? 'granted';

/** To be called by a click. */
export const askPermission = async (folder: GivenFolder): Promise<PermissionState> =>
	(await folder.requestPermission?.({ mode: 'readwrite' })) ?? 'granted';

/** There whole when it resolves; until then a file of that name is as it was, or empty if there was none. */
export async function writeInto(
	folder: FileSystemDirectoryHandle,
	name: string,
	blob: Blob
): Promise<void> {
	const file = await folder.getFileHandle(name, { create: true });
	await blob.stream().pipeTo(await file.createWritable());
}

/** Takes away the backups that need not be kept beside a new one, and gives the others. */
export async function clearedAway(
	folder: FileSystemDirectoryHandle,
	before: readonly Written[],
	added: Written
): Promise<Written[]> {
	const written = [...before.filter(({ name }) => name !== added.name), added];
	const stay = new Set(keptOf(written));
	for (const one of written) if (!stay.has(one)) await removeFrom(folder, one.name);
	return written.filter((one) => stay.has(one));
}

/** Somebody may have taken it away already. */
async function removeFrom(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
	try {
		await folder.removeEntry(name);
	} catch (error) {
		if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
	}
}
