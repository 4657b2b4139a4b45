import { namespaceOf } from '$lib/engine/namespace';

export interface CurrentWorkspace {
	/** The prefix of everything this workspace keeps in this browser. */
	readonly namespace: string;
	readonly isSample: boolean;
}

/** What the news about the making of the sample calls it. */
export const sampleJob = 'sample';

let opened: CurrentWorkspace | undefined;

/** Which workspace this page was opened with: the person's own, or the sample beside it. Another needs a reload. */
export function currentWorkspace(): CurrentWorkspace {
	if (opened) return opened;
	const own = ownNamespace();
	const isSample = chosenWorkspace() === 'sample';
	opened = { namespace: isSample ? sampleNamespace(own) : own, isSample };
	return opened;
}

export const ownNamespace = (): string => namespaceOf(new URL('.', document.baseURI).pathname);

/** The sample's prefix beside a workspace's own. */
export const sampleNamespace = (own: string): string => `${own}-sample`;

/** localStorage: which workspace is opened next. `winnow:workspace`, or with the folder of the copy. */
export const choiceKey = (): string => `${ownNamespace()}:workspace`;

/** localStorage: the sample has its people. Deleted with all else of its namespace. */
export const madeKey = (): string => `${sampleNamespace(ownNamespace())}:made`;

export function isSampleMade(): boolean {
	try {
		return localStorage.getItem(madeKey()) !== null;
	} catch {
		return false; // storage is refused, so nothing was kept
	}
}

export function chosenWorkspace(): 'sample' | 'main' {
	try {
		return localStorage.getItem(choiceKey()) === 'sample' ? 'sample' : 'main';
	} catch {
		return 'main'; // storage is refused, so nothing was chosen
	}
}
