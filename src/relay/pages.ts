import type { IncomingMessage, ServerResponse } from 'node:http';
import { paths } from '$lib/sync/protocol';
import { filesOf } from '../scripts/serve';
import type { Health } from './health';
import type { Metrics } from './metrics';
import { say, whyOf } from './say';
import type { Settings } from './settings';

/** What a relay answers to plain requests: how it is, and the built app where it was told to serve that too. */
export function pages(
	{ app, proxies }: Settings,
	health: Health,
	metrics: Metrics
): (request: IncomingMessage, response: ServerResponse) => void {
	const files = app
		? filesOf({ directory: app, told: { 'relay.json': (request) => addressIn(request, proxies) } })
		: undefined;
	return (request, response) => {
		const path = (request.url ?? '/').split('?')[0];
		if (path === paths.health)
			health
				.read()
				.then(({ status, body }) => end(response, status, 'application/json', JSON.stringify(body)))
				.catch((error: unknown) => {
					say('error', 'no health', { why: whyOf(error) });
					end(response, 503, 'application/json', '{"status":"degraded"}');
				});
		else if (path === paths.metrics)
			end(response, 200, 'text/plain; version=0.0.4', metrics.text());
		else if (files) files(request, response);
		else end(response, 404, 'text/plain', 'There is a relay here, and no page.\n');
	};
}

/** The relay that a page served from here is to use: this one, by the name it was asked by. */
function addressIn({ headers, socket }: IncomingMessage, proxies: readonly string[]): string {
	const peer = socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
	const isSecure = proxies.includes(peer) && headers['x-forwarded-proto'] === 'https';
	return JSON.stringify({ url: `${isSecure ? 'wss' : 'ws'}://${headers.host ?? ''}` });
}

function end(response: ServerResponse, status: number, type: string, body: string): void {
	response.writeHead(status, {
		'content-type': type,
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff'
	});
	response.end(body);
}
