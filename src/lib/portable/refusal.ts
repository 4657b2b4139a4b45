import { describeRefusal, type FileRefusal } from '$lib/imports/file/refusal';

/** Why a workspace file is not opened. Nothing of it is kept then. */
export type WorkspaceRefusal =
	| FileRefusal
	/** What is wrong with it, and where. */
	| { readonly type: 'Wrong'; readonly message: string };

export const describeWorkspaceRefusal = (refusal: WorkspaceRefusal): string =>
	refusal.type === 'Wrong'
		? `${refusal.message} Nothing was changed. Mend the file, or use another copy, and open it again.`
		: describeRefusal(refusal);
