import { namespaceOf } from '$lib/engine/namespace';

const key = 'winnow:workspace';

/** Which workspace this browser has open: the person's own, or the sample beside it. */
export function currentWorkspace(): { readonly namespace: string; readonly isSample: boolean } {
	const own = namespaceOf(new URL('.', document.baseURI).pathname);
	const isSample = localStorage.getItem(key) === 'sample';
	return { namespace: isSample ? `${own}-sample` : own, isSample };
}
