import { limits } from '$lib/sync/protocol';
import { err, ok, type Result } from '$lib/result';
import { isLoopback } from './loopback';
import { mailSettingsFrom, type MailSettings } from './smtp/settings';

/** Who may make a workspace on this relay: anybody, who knows a word, or nobody. */
export type Creating = 'open' | 'token' | 'closed';

export interface Settings {
	readonly host: string;
	/** 0 for any free one. */
	readonly port: number;
	/** Where the embedded database is, unless there is `postgres`. */
	readonly folder: string;
	readonly postgres: string | undefined;
	readonly redis: string | undefined;
	/** Pages that may connect; without it, those of this machine. */
	readonly origins: readonly string[] | undefined;
	/** Addresses of proxies whose word on where a request is from is taken. */
	readonly proxies: readonly string[];
	/** A folder of the built app to serve beside. */
	readonly app: string | undefined;
	readonly create: Creating;
	/** Without it one is made at the first start. */
	readonly createToken: string | undefined;
	/** Without it one is made at the first start, and kept in the database. */
	readonly secret: string | undefined;
	/** Bytes. */
	readonly maxDocument: number;
	readonly maxBlob: number;
	readonly maxSockets: number;
	readonly maxSocketsEach: number;
	/** The mail server that messages are handed to, where there is one. */
	readonly mail: MailSettings | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A relay's settings, by its environment and what stands behind its command; or all that is wrong with them. */
export function settingsFrom(
	env: Environment,
	words: readonly string[]
): Result<Settings, readonly string[]> {
	const wrong: string[] = [];
	const host = env.RELAY_HOST || '127.0.0.1';
	const local = isLoopback(host);
	const origins = list(env.RELAY_ORIGINS);

	if (!local && !origins)
		wrong.push(
			`RELAY_HOST=${host} is open to others: say whose pages may connect, RELAY_ORIGINS=https://app.example`
		);
	const odd = origins?.filter((origin) => !isOrigin(origin)) ?? [];
	if (odd.length > 0)
		wrong.push(`RELAY_ORIGINS: ${odd.join(', ')} is no origin, such as https://app.example`);
	if (env.RELAY_REDIS_URL && !env.RELAY_PG_URL)
		wrong.push('RELAY_REDIS_URL is for several relays, which must share a RELAY_PG_URL.');
	if (env.RELAY_SECRET && env.RELAY_SECRET.length < 32)
		wrong.push('RELAY_SECRET must be at least 32 letters.');

	const create = env.RELAY_CREATE || (local ? 'open' : 'token');
	if (!isCreating(create)) wrong.push('RELAY_CREATE is open, token or closed.');

	const mail = mailSettingsFrom(env, wrong);
	if (mail && create === 'open' && !local)
		wrong.push('RELAY_SMTP_URL with RELAY_CREATE=open: anybody could write in your name.');

	const number = (name: string, otherwise: number) => {
		const read = sizeOf(env[name], otherwise);
		if (read === undefined) wrong.push(`${name}=${env[name]} is no number, such as 16MiB.`);
		return read ?? otherwise;
	};
	const at = words.indexOf('--app');
	if (at >= 0 && words[at + 1] === undefined) wrong.push('--app needs a folder after it.');

	const settings: Settings = {
		...{ host, origins, port: number('RELAY_PORT', 4455) },
		folder: env.RELAY_FOLDER || '.winnow-relay',
		postgres: env.RELAY_PG_URL || undefined,
		redis: env.RELAY_REDIS_URL || undefined,
		proxies: list(env.RELAY_PROXIES) ?? [],
		app: at >= 0 ? words[at + 1] : undefined,
		create: isCreating(create) ? create : 'closed',
		createToken: env.RELAY_CREATE_TOKEN || undefined,
		secret: env.RELAY_SECRET || undefined,
		maxDocument: number('RELAY_MAX_DOC', limits.roomBytes),
		maxBlob: number('RELAY_MAX_BLOB', limits.blob),
		maxSockets: number('RELAY_MAX_SOCKETS', 5000),
		maxSocketsEach: number('RELAY_MAX_SOCKETS_EACH', 200),
		mail
	};
	return wrong.length > 0 ? err(wrong) : ok(settings);
}

const isCreating = (word: string): word is Creating => /^(open|token|closed)$/.test(word);

const isOrigin = (text: string) => /^[a-z][a-z0-9+.-]*:\/\/[^/\s]+$/i.test(text);

function list(text: string | undefined): string[] | undefined {
	const parts = text?.split(',').map((part) => part.trim()) ?? [];
	return parts.some((part) => part !== '') ? parts.filter((part) => part !== '') : undefined;
}

/** `16MiB`, `500 MB`, `1000`: a whole number. */
function sizeOf(text: string | undefined, otherwise: number): number | undefined {
	if (!text) return otherwise;
	const [, digits, unit = ''] = /^(\d{1,12}) ?(|[kKMG]i?B)$/.exec(text) ?? [];
	if (digits === undefined) return;
	const power = ' KMG'.indexOf(unit.charAt(0).toUpperCase() || ' ');
	return Number(digits) * (unit.includes('i') ? 1024 : 1000) ** power;
}
