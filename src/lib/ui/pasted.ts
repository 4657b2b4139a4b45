/** The text of a paste when it is a table and not meant for a field: at least a tab, or two lines. */
export function pastedTable(event: ClipboardEvent): string | undefined {
	const { target } = event;
	if (target instanceof Element && target.closest('input, textarea, select, [contenteditable]')) {
		return undefined;
	}
	const text = event.clipboardData?.getData('text/plain') ?? '';
	return /\t|\n./.test(text.trim()) ? text : undefined;
}
