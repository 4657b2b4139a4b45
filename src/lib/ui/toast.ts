interface Options {
	/** Offers Undo for ten seconds. */
	readonly undo?: (() => void) | undefined;
	/** Another thing to do, in a word: "Reload". Stays ten seconds as well. */
	readonly action?: { readonly label: string; readonly run: () => void } | undefined;
	/** An error stays until it is put away. */
	readonly tone?: 'plain' | 'danger' | undefined;
}

/** Says what has just happened, in a corner: "3 segments archived." */
export async function toast(message: string, options: Options = {}): Promise<void> {
	const { undo, action = undo && { label: 'Undo', run: undo }, tone = 'plain' } = options;
	const { toast: show } = await import('svelte-sonner');
	show[tone === 'danger' ? 'error' : 'message'](message, {
		duration: tone === 'danger' ? Infinity : action ? 10_000 : 5_000,
		closeButton: tone === 'danger',
		...(action && { action: { label: action.label, onClick: () => action.run() } })
	});
}
