import { describeRefusal, type FileRefusal } from '$lib/imports/file/refusal';

/** Why a workspace file is not opened. Nothing of it is kept then. */
export type WorkspaceRefusal =
	| FileRefusal
	/** What is wrong with it, where, and what to do. */
	| { readonly type: 'Wrong'; readonly message: string };

export const describeWorkspaceRefusal = (refusal: WorkspaceRefusal): string =>
	refusal.type === 'Wrong' ? refusal.message : describeRefusal(refusal);
