import type { IncomingMessage } from 'node:http';
import { isLoopback } from './loopback';
import type { Settings } from './settings';

/**
 * Whether the page that asks may. Browsers say which one it is, and it is the only thing that tells it from another;
 * programs that are none say nothing, and have nobody's rights but their token's.
 */
export function isWelcome(request: IncomingMessage, { origins }: Settings): boolean {
	const { origin } = request.headers;
	if (origin === undefined) return true;
	if (origins) return origins.includes(origin);
	const url = URL.parse(origin);
	return url !== null && /^https?:$/.test(url.protocol) && isLoopback(url.hostname);
}

/** Where a request is from; what a proxy says only where the proxy is known. */
export function addressOf(request: IncomingMessage, { proxies }: Settings): string {
	const peer = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
	if (!proxies.includes(peer)) return peer;
	// The last entry is the proxy's own; those before it may be anybody's.
	const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
	return forwarded.at(-1)?.trim() || peer;
}
