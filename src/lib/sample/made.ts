import { namespaceFor } from '$lib/workspace/current';

/** What the news about the making of the sample calls it. */
export const sampleJob = 'sample';

/** localStorage: the sample has its people. Deleted with all else of its namespace. */
export const madeKey = (): string => `${namespaceFor('sample')}:made`;

export function isSampleMade(): boolean {
	try {
		return localStorage.getItem(madeKey()) !== null;
	} catch {
		return false; // storage is refused, so nothing was kept
	}
}
