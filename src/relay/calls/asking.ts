import { err, ok, type Result } from '$lib/result';
import type { AskError, Call, CallAnswer, CallArguments, Claims, Role } from '$lib/sync/protocol';
import { sql } from '$lib/sql';
import type { Asked, Database } from '../database';
import type { Settings } from '../settings';
import type { MailOffer } from '$lib/sync/mail-offer';
import type { Tokens } from '../tokens';

/** What a call is answered with. */
export interface Asking {
	readonly database: Database;
	readonly tokens: Tokens;
	readonly settings: Settings;
	/** What must be known to make a workspace, where that is asked for. */
	readonly createToken: string;
	/** What is said of the mail server, where there is one. */
	readonly mail: MailOffer | undefined;
	/** Who may be where changed in this workspace, or it has a new current epoch. */
	readonly changed: (workspace: string) => void;
}

export type Answer<C extends Call> = Promise<Result<CallAnswer<C>, AskError>>;
export type Answering<C extends Call> = (args: CallArguments<C>, asking: Asking) => Answer<C>;

export const refuse = (type: AskError['type'], message: string): Result<never, AskError> =>
	err({ type, message });

/** Who asks, as what they are now, not as they were when their token was written. */
export interface Asker {
	readonly claims: Claims;
	readonly role: Role;
}

export async function askerOf(
	token: string,
	{ tokens, database }: Asking,
	roles: readonly Role[] = ['owner', 'editor', 'viewer']
): Promise<Result<Asker, AskError>> {
	const claims = (await tokens.read(token, new Date()))?.claims;
	if (!claims) return refuse('unauthorised', 'The token is not valid, or no longer.');
	const role = await roleOf(database, claims.ws, claims.sub);
	if (!role) return refuse('removed', 'You are no longer a member.');
	if (!roles.includes(role)) return refuse('forbidden', `That is for ${roles.join(' or ')}.`);
	return ok({ claims, role });
}

/** Nothing for who was removed, or never was there. */
export async function roleOf(
	asked: Pick<Asked, 'rows'>,
	workspace: string,
	member: string
): Promise<Role | undefined> {
	const [row] = await asked.rows<{ role: Role }>(sql`
		select role from member where workspace = ${workspace} and id = ${member} and removed is null`);
	return row?.role;
}
