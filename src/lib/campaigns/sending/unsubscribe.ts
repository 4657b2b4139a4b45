/**
 * With the header that lets mail programs unsubscribe by one click (RFC 8058) where there is a page to ask so; to an
 * address of mail there is none.
 */
export function withOneClick(
	headers: Readonly<Record<string, string>>
): Readonly<Record<string, string>> {
	if (!/^<https:\/\/[^<>]+>$/i.test(headers['List-Unsubscribe'] ?? '')) return headers;
	return { ...headers, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
