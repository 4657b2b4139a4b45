interface Options {
	/** Offers Undo for ten seconds. */
	readonly undo?: (() => void) | undefined;
	/** Another thing to do, in a word: "Reload". Stays ten seconds as well. */
	readonly action?: { readonly label: string; readonly run: () => void } | undefined;
	/** An error stays longer, or until it is put away where it offers something to do. It ends with its page. */
	readonly tone?: 'plain' | 'danger' | undefined;
}

/** A message that offers Undo, as long as it is to be seen. */
interface Offer {
	/** Epoch milliseconds */
	readonly at: number;
	readonly message: string;
	takeBack(): void;
}
let offers: readonly Offer[] = [];

/** Says what has just happened, in a corner: "3 segments archived." */
export async function toast(message: string, options: Options = {}): Promise<void> {
	const { undo, action = undo && { label: 'Undo', run: undo }, tone = 'plain' } = options;
	const at = Date.now();
	const { toast: show } = await import('svelte-sonner');
	const end = () => (offers = offers.filter((other) => other !== offer));
	const offer: Offer = {
		at,
		message,
		takeBack() {
			show.dismiss(id);
			end();
			undo?.();
		}
	};
	// Pressed, it goes by itself.
	const onClick = () => {
		end();
		action?.run();
	};
	const id = show[tone === 'danger' ? 'error' : 'message'](message, {
		duration: tone === 'danger' ? (action ? Infinity : 12_000) : action ? 10_000 : 5_000,
		closeButton: tone === 'danger',
		...(action && { action: { label: action.label, onClick } }),
		onAutoClose: end,
		onDismiss: end
	});
	if (undo) offers = [...offers, offer];
	if (tone === 'danger') errors = [...errors, () => show.dismiss(id)];
}

/** Puts every error away that has been said on this page: it may not be true of the next. */
export function endErrors(): void {
	for (const dismiss of errors) dismiss();
	errors = [];
}

let errors: readonly (() => void)[] = [];

/**
 * Takes back what the newest message offers to, if it came after an instant in epoch milliseconds, and gives what it said.
 */
export function takeBackSaid(since: number): string | undefined {
	const offer = offers.findLast(({ at }) => at >= since);
	offer?.takeBack();
	return offer?.message;
}
