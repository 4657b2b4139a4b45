/** Whether an error means that the database itself is gone, not just one statement. */
export function isDead(error: unknown): boolean {
	if (typeof error !== 'object' || error === null) return false;
	const { code, name } = error as { code?: unknown; name?: unknown };
	// The port says `DEAD`; a RuntimeError is WebAssembly's own, from work nobody waited for.
	return code === 'DEAD' || name === 'RuntimeError';
}
