import { mailAddress } from '$lib/sync/mail-protocol';
import { isLoopback } from '../loopback';

/** The mail server that a relay hands messages to, and for whom. */
export interface MailSettings {
	readonly host: string;
	readonly port: number;
	/** Encrypted from the first byte; else as soon as the server offers it. */
	readonly secure: boolean;
	/** Neither the password nor anything else goes over unencrypted. */
	readonly requireTls: boolean;
	readonly user: string | undefined;
	readonly password: string | undefined;
	/** Addresses and domains, in small letters. */
	readonly senders: readonly string[];
	/** Messages. */
	readonly perSecond: number;
	readonly connections: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** By the environment; nothing where no server is named. What is wrong is added to `wrong`. */
export function mailSettingsFrom(env: Environment, wrong: string[]): MailSettings | undefined {
	if (!env.RELAY_SMTP_URL) return;
	const url = URL.parse(env.RELAY_SMTP_URL);
	const secure = url?.protocol === 'smtps:';
	// Never said back: it holds a password.
	if (!url?.hostname || (!secure && url.protocol !== 'smtp:'))
		wrong.push('RELAY_SMTP_URL is such as smtps://user:password@mail.example:465');

	const senders = (env.RELAY_SMTP_FROM ?? '')
		.split(',')
		.map((sender) => sender.trim().toLowerCase())
		.filter((sender) => sender !== '');
	const odd = senders.filter((one) => !mailAddress.test(one.includes('@') ? one : `a@${one}`));
	if (odd.length > 0) wrong.push(`RELAY_SMTP_FROM: ${odd.join(', ')} is no address and no domain.`);
	if (senders.length === 0)
		wrong.push(
			'RELAY_SMTP_URL needs RELAY_SMTP_FROM beside it: news@shop.example, or shop.example for all of it'
		);

	const number = (name: string, otherwise: number, most: number) => {
		const read = env[name] ? Number(env[name]) : otherwise;
		if (read > 0 && read <= most) return read;
		wrong.push(`${name}=${env[name]} is no number above 0, up to ${most}.`);
		return otherwise;
	};
	const user = decoded(url?.username);
	const password = decoded(url?.password);
	if (user === null || password === null)
		wrong.push('RELAY_SMTP_URL: write % in the user or the password as %25.');
	const host = (url?.hostname ?? '').replace(/^\[|\]$/g, '');
	return {
		...{ host, secure, senders, user: user ?? undefined, password: password ?? undefined },
		port: Number(url?.port) || (secure ? 465 : 587),
		requireTls: !secure && Boolean(user) && !isLoopback(host),
		perSecond: number('RELAY_SMTP_RATE', 10, 1000),
		connections: Math.ceil(number('RELAY_SMTP_CONNECTIONS', 3, 50))
	};
}

/** Null for what is not encoded as it should be. */
function decoded(text: string | undefined): string | undefined | null {
	try {
		return text ? decodeURIComponent(text) : undefined;
	} catch {
		return null;
	}
}
