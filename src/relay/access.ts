import type { Connection, Document, Hocuspocus } from '@hocuspocus/server';
import { sql } from '$lib/sql';
import {
	closeCodes,
	roomFrom,
	type Claims,
	type RelayMessage,
	type Role,
	type Room
} from '$lib/sync/protocol';
import type { Database } from './database';
import { Refusal } from './safe';
import { say } from './say';
import type { Socket } from './socket';
import type { Tokens } from './tokens';

/** Whom a connection to a room is for; changes while it lasts. */
export interface Seat {
	readonly claims: Claims;
	readonly room: Room;
	role: Role;
	/** Whether its role and the epoch let it write. In a room that is full that is not enough. */
	mayWrite: boolean;
	/** The workspace's current epoch, as it was told. */
	epoch: number;
	/** When its token runs out, in milliseconds since 1970. */
	expires: number;
}

/** What every connection of the library carries. */
export interface Seated {
	readonly socket: Socket;
	readonly seat: Seat;
}

interface Standing {
	readonly workspace: string;
	readonly member: string;
	readonly role: Role;
	readonly isRemoved: boolean;
	/** The workspace's current one. */
	readonly epoch: number;
}

type May = 'write' | 'read' | 'none';

/** Milliseconds: a token is asked for before it runs out, and waited for a while after. */
const grace = 60_000;

/** Who may be in which room, as what: asked when they come, and again while they stay. */
export class Access {
	readonly #database: Database;
	readonly #tokens: Tokens;
	readonly #maxDocument: number;
	/** Bytes of the rooms that hold more than they may: only owners write there, to make them smaller. */
	readonly #full = new Map<string, number>();

	constructor(database: Database, tokens: Tokens, maxDocument: number) {
		this.#database = database;
		this.#tokens = tokens;
		this.#maxDocument = maxDocument;
	}

	/** Throws a `Refusal` for who may not come in. */
	async admit(token: string, name: string): Promise<Seat> {
		const room = roomFrom(name);
		const access = await this.#tokens.read(token, new Date());
		if (!room || access?.claims.ws !== room.workspace) throw refused('unauthorised');
		const { claims, expires } = access;
		const standing = (await this.#standings([room.workspace])).get(claims.sub);
		if (!standing || standing.isRemoved) throw new Refusal(closeCodes.removed, 'removed');
		const { role, epoch } = standing;
		const may = permission(role, room.epoch, epoch);
		if (may === 'none') throw refused('forbidden');
		return { claims, room, role, mayWrite: may === 'write', epoch, expires };
	}

	isReadOnly({ role, mayWrite }: Seat, name: string): boolean {
		return !mayWrite || (role !== 'owner' && this.isFull(name));
	}

	isFull(name: string): boolean {
		return this.#full.has(name);
	}

	/** Tells somebody who has just come in where the room is full. */
	welcome(connection: Connection<Seated>): void {
		const { name } = connection.document;
		connection.readOnly = this.isReadOnly(connection.context.seat, name);
		const bytes = this.#full.get(name);
		if (bytes !== undefined) tell(connection, { type: 'full', bytes, limit: this.#maxDocument });
	}

	/** Notes how large a room is. Everybody in it is told when it became full or fits again; then this gives true. */
	measured(document: Document, bytes: number): boolean {
		const { name } = document;
		const wasFull = this.isFull(name);
		if (bytes > this.#maxDocument) this.#full.set(name, bytes);
		else this.#full.delete(name);
		if (this.isFull(name) === wasFull) return false;
		for (const connection of document.getConnections() as Connection<Seated>[]) {
			this.welcome(connection);
			if (wasFull) tell(connection, { type: 'fits' });
		}
		return true;
	}

	/** A newer token for a seat. Throws a `Refusal` for one that is not its own. */
	async renew(seat: Seat, token: string): Promise<void> {
		const access = await this.#tokens.read(token, new Date());
		const { sub, ws } = access?.claims ?? {};
		if (!access || sub !== seat.claims.sub || ws !== seat.claims.ws) throw refused('unauthorised');
		seat.expires = access.expires;
	}

	/** Looks again at everybody in the open rooms, or in those of one workspace. */
	async recheck(open: Hocuspocus<Seated>, workspace?: string): Promise<void> {
		const connections = [...open.documents.values()]
			.flatMap((document) => document.getConnections() as Connection<Seated>[])
			.filter(({ context: { seat } }) => !workspace || seat.claims.ws === workspace);
		if (connections.length === 0) return;
		const workspaces = new Set(connections.map(({ context: { seat } }) => seat.claims.ws));
		const standings = await this.#standings([...workspaces]);
		for (const connection of connections)
			this.#apply(connection, standings.get(connection.context.seat.claims.sub));
	}

	#apply(connection: Connection<Seated>, standing: Standing | undefined): void {
		const { seat, socket } = connection.context;
		if (!standing || standing.isRemoved) return expel(connection);
		if (seat.role !== standing.role) {
			seat.role = standing.role;
			tell(connection, { type: 'role', role: standing.role });
		}
		if (seat.epoch !== standing.epoch) {
			seat.epoch = standing.epoch;
			if (seat.room.epoch < seat.epoch) tell(connection, { type: 'rotated', epoch: seat.epoch });
		}
		const may = permission(standing.role, seat.room.epoch, standing.epoch);
		seat.mayWrite = may === 'write';
		connection.readOnly = this.isReadOnly(seat, connection.document.name);
		const now = Date.now();
		if (may === 'none' || now > seat.expires + grace)
			socket.cut(closeCodes.unauthorised, 'expired');
		else if (now > seat.expires - grace) connection.requestToken();
	}

	async #standings(workspaces: readonly string[]): Promise<Map<string, Standing>> {
		const rows = await this.#database.rows<Standing>(sql`
			select member.workspace, member.id as member, member.role, member.removed is not null as "isRemoved", workspace.epoch
			from member join workspace on workspace.id = member.workspace
			where workspace.id = any(${workspaces}::text[])`);
		return new Map(rows.map((row) => [row.member, row]));
	}
}

/** The epoch after the current one is made by an owner; past ones stay to be read, and nobody says in them where it goes on. */
function permission(role: Role, epoch: number, current: number): May {
	if (role === 'owner' && epoch === current + 1) return 'write';
	if (epoch > current) return 'none';
	return role === 'viewer' || epoch < current ? 'read' : 'write';
}

export function tell(connection: Connection, message: RelayMessage): void {
	connection.sendStateless(JSON.stringify(message));
}

function expel(connection: Connection<Seated>): void {
	const { seat, socket } = connection.context;
	say('info', 'member cut', { workspace: seat.claims.ws, member: seat.claims.sub });
	tell(connection, { type: 'removed' });
	connection.close({ code: closeCodes.removed, reason: 'removed' });
	socket.close(closeCodes.removed, 'removed');
}

const refused = (reason: string) => new Refusal(closeCodes.unauthorised, reason);
