import { toast } from '$lib/ui/toast';

/** Puts text on the clipboard and says so, or that the browser refused. */
export async function copyText(text: string, done: string): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
		await toast(done);
	} catch {
		await toast('The browser did not let Winnow copy.', { tone: 'danger' });
	}
}
