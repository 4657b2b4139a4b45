/** An address as people type it, with what is missing in front: "example.com" is a page, "a@example.com" a mail. */
export function typedHref(typed: string): string {
	const href = typed.trim();
	if (href === '' || /^([a-z][a-z0-9+.-]*:|\{)/i.test(href)) return href;
	if (/^[^\s/@]+@[^\s/@]+$/.test(href)) return `mailto:${href}`;
	return `https://${href.replace(/^\/+/, '')}`;
}
