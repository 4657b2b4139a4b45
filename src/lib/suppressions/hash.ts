import { sql, type Sql } from '$lib/sql';

/** Bytes that SHA-256 takes at a time. */
const block = 64;

/**
 * The first 128 bits of the HMAC-SHA-256 (RFC 2104) of an address as compared, in SQL: the database hashes a million of
 * them without one leaving it. `key`: up to 64 bytes.
 */
export function hashed(address: Sql, key: Uint8Array): Sql {
	const padded = (with_: number) => {
		const bytes = new Uint8Array(block).fill(with_);
		for (const [i, byte] of key.entries()) bytes[i]! ^= byte;
		return bytes;
	};
	const inner = sql`sha256(${padded(0x36)}::bytea || convert_to(${address}, 'UTF8'))`;
	return sql`substring(sha256(${padded(0x5c)}::bytea || ${inner}) for 16)`;
}

/** 16 bytes as 22 letters of base64 for addresses. */
export const lettersOf = (hash: Sql): Sql =>
	sql`rtrim(translate(encode(${hash}, 'base64'), '+/', '-_'), '=')`;

export const bytesOf = (letters: Sql): Sql =>
	sql`decode(translate(${letters}, '-_', '+/') || '==', 'base64')`;
