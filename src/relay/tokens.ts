import { createHash, randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { Claims } from '$lib/sync/protocol';
import { sql } from '$lib/sql';
import type { Database } from './database';

/** Milliseconds that an access token lasts. */
export const tokenLasts = 15 * 60_000;

export interface AccessToken {
	readonly claims: Claims;
	/** Milliseconds since 1970. */
	readonly expires: number;
}

/** Writes and reads access tokens. */
export class Tokens {
	readonly #key: Uint8Array;

	constructor(secret: string) {
		this.#key = new TextEncoder().encode(secret);
	}

	async write(claims: Claims, now: Date): Promise<{ token: string; expires: number }> {
		const expires = now.getTime() + tokenLasts;
		const token = await new SignJWT({ ...claims })
			.setProtectedHeader({ alg: 'HS256' })
			.setIssuedAt(now)
			.setExpirationTime(new Date(expires))
			.sign(this.#key);
		return { token, expires };
	}

	/** Nothing for a token that is not ours or no longer good. */
	async read(token: string, now: Date): Promise<AccessToken | undefined> {
		try {
			const { payload } = await jwtVerify(token, this.#key, {
				algorithms: ['HS256'],
				requiredClaims: ['exp'],
				clockTolerance: 5,
				currentDate: now
			});
			const claims = Claims.safeParse(payload);
			if (!claims.success) return;
			return { claims: claims.data, expires: payload.exp! * 1000 };
		} catch (error) {
			if (error instanceof errors.JOSEError) return;
			throw error;
		}
	}
}

/** 32 random bytes, for what is shown once and kept as a hash. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashOf = (secret: string): Uint8Array =>
	new Uint8Array(createHash('sha256').update(secret).digest());

/** A word that this relay made for itself at its first start, the same for all relays on one database. */
export async function keptSecret(
	database: Database,
	name: string,
	make: () => string = newSecret
): Promise<[string, isNew: boolean]> {
	return database.transaction(async (tx) => {
		const made = await tx.run(
			sql`insert into setting(name, value) values (${name}, ${make()}) on conflict do nothing`
		);
		const [row] = await tx.rows<{ value: string }>(
			sql`select value from setting where name = ${name}`
		);
		return [row!.value, made > 0];
	});
}
