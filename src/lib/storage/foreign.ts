/** Whether a request left for another server than the page's own. What a page makes itself leaves for none. */
export function isForeign(address: string, own: string): boolean {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	return url !== undefined && /^(https?|wss?):$/.test(url.protocol) && url.origin !== own;
}

/** Whether there is so little room left that the next import may not fit. */
export const isScarce = (usage: number, quota: number): boolean =>
	quota > 0 && (usage / quota > 0.8 || quota - usage < 500_000_000);
