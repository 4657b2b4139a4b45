import { sql, type Sql } from '$lib/sql';

/** What is kept of an address that was lifted, so that the address itself is gone: SHA-256, in hexadecimal. */
export const hashOfLifted = (address: Sql): Sql =>
	sql`encode(sha256(convert_to(${address}, 'UTF8')), 'hex')`;
