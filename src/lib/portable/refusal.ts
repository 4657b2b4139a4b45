import { describeRefusal, megabytes, type FileRefusal } from '$lib/imports/file/refusal';

/** Why a workspace file is not opened. Nothing of it is kept then. */
export type WorkspaceRefusal =
	| FileRefusal
	/** What is wrong with it, and where. */
	| { readonly type: 'Wrong'; readonly message: string };

export function describeWorkspaceRefusal(refusal: WorkspaceRefusal): string {
	switch (refusal.type) {
		case 'Wrong':
			return `${refusal.message} Nothing was changed. Mend the file, or use another copy, and open it again.`;
		case 'NoRoom':
			return `Opening this file needs about ${megabytes(refusal.needed)} of free space, and the browser has ${megabytes(refusal.free)}. Free some disk space, then open it again.`;
		case 'Busy':
			return 'Another workspace file is being brought in, perhaps in another tab. Wait for it to end, or cancel it, then open this one again.';
		default:
			return describeRefusal(refusal);
	}
}
