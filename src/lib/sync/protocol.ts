/** What a device and a relay say to each other. Both sides parse with these; neither knows more of the other. */
import * as z from 'zod/mini';
import { MailOffer } from './mail-offer';

/** The paths of a relay's one port. */
export const paths = {
	/** WebSocket: documents and presence, in Hocuspocus' protocol. */
	sync: '/sync',
	/** WebSocket: calls as JSON text frames, parts of blobs as binary ones. */
	ask: '/ask',
	/** WebSocket: messages for the relay's mail server, as `mail-protocol.ts` has it; only where there is one. */
	mail: '/mail',
	health: '/healthz',
	metrics: '/metrics'
} as const;

/** Bytes, unless said otherwise. A relay may be set to less or more where it says so in its answer `tooLarge`. */
export const limits = {
	/** A whole outer document, and so the largest frame on `/sync`: a first sync sends all of it in one. */
	roomBytes: 16 * 1024 * 1024,
	/** A text frame on `/ask`. */
	ask: 64 * 1024,
	/** A card, in base64 letters. */
	card: 4 * 1024,
	/** All of one presence message. */
	presence: 64 * 1024,
	/** Presence entries, in number, that one connection to a room may own. */
	presences: 4,
	/** Rooms, in number, that one socket may have open. */
	rooms: 20,
	blobPart: 4 * 1024 * 1024,
	blob: 500 * 1024 * 1024,
	invitationHours: 72
} as const;

/** How a socket ends, where it is not the network's doing. 1009 is the standard's own: a frame was too large. */
export const closeCodes = {
	/** No valid token, or a room that it is not for. */
	unauthorised: 4401,
	/** The member was removed: it makes no sense to come back. */
	removed: 4403,
	/** Too much, too fast, or too slow to read: come back later, with growing pauses. */
	tooMany: 4429,
	/** The relay stops or has no room: come back later, perhaps to another. */
	restart: 1012
} as const;

/** 22 random base-62 letters, 131 bits. */
const RandomId = z.string().check(z.regex(/^[0-9A-Za-z]{22}$/));

export const WorkspaceId = RandomId;
export const MemberId = RandomId;
/** Made up by the device itself, anew for each workspace. */
export const DeviceId = RandomId;
export const InvitationId = RandomId;
export const BlobId = RandomId;

export const Role = z.enum(['owner', 'editor', 'viewer']);
export type Role = z.infer<typeof Role>;

/** The name, its owner's name and the public key of a device, sealed for the other members: the relay cannot read it. */
export const Card = z.string().check(z.maxLength(limits.card), z.regex(/^[0-9A-Za-z+/_-]*={0,2}$/));

/** What a room may be called at all. */
export const roomName = /^[A-Za-z0-9][A-Za-z0-9:_-]{0,127}$/;

/** An epoch of a workspace. Each has a room, and a key, of its own. */
export interface Room {
	readonly workspace: string;
	readonly epoch: number;
}

export const roomOf = ({ workspace, epoch }: Room): string => `ws:${workspace}:e${epoch}`;

/** Nothing for what is no room's name. */
export function roomFrom(name: string): Room | undefined {
	const [, workspace, epoch] = /^ws:([0-9A-Za-z]{22}):e(0|[1-9]\d{0,8})$/.exec(name) ?? [];
	if (workspace === undefined) return;
	return { workspace, epoch: Number(epoch) };
}

/** The roots of a room's document. */
export const roots = {
	/** `Y.Array<Uint8Array>`: sealed updates and snapshots. */
	log: 'log',
	/** `Y.Map`: what the relay may see, at present `next`. */
	meta: 'meta'
} as const;

/** `meta.next`: the next epoch's key, sealed to the public key of each device that stays. */
export interface NextEpoch {
	readonly epoch: number;
	readonly wraps: Readonly<Record<string, Uint8Array>>;
}

/** What is inside a sealed blob: `0x01 | kind | iv of 12 bytes | AES-256-GCM`. */
export const blobKinds = { update: 1, snapshot: 2, presence: 3, card: 4, part: 5 } as const;
export type BlobKind = keyof typeof blobKinds;

/** What a blob is bound to, as AES-GCM's additional data in UTF-8: in another room it does not open. */
export const boundTo = ({ workspace, epoch }: Room, kind: BlobKind): string =>
	`winnow1|${workspace}|${epoch}|${blobKinds[kind]}`;

/** What a part of a hand-off is bound to: in another place, or of another whole, it does not open. */
export const partBoundTo = (blob: string, part: number, parts: number): string =>
	`winnow1|hand-off|${blob}|${part}|${parts}|${blobKinds.part}`;

/** What presence is on the wire: the rest is inside `e`. The relay writes `user` over with whom the token is for. */
export const Presence = z.object({ e: z.string(), user: z.optional(MemberId) });
export type Presence = z.infer<typeof Presence>;

/** What an access token says. */
export const Claims = z.object({
	/** The member. */
	sub: MemberId,
	device: DeviceId,
	ws: WorkspaceId,
	role: Role
});
export type Claims = z.infer<typeof Claims>;

/** Stateless messages from the relay on a room's connection. */
export const RelayMessage = z.discriminatedUnion('type', [
	z.object({
		/**
		 * On disk: of each of these clients of the outer document everything before the clock. Sent to who sent an update,
		 * and to everybody after their first sync, then of all clients. Only ever grows.
		 */
		type: z.literal('stored'),
		to: z.array(z.tuple([z.number(), z.number()]))
	}),
	z.object({ type: z.literal('role'), role: Role }),
	z.object({ type: z.literal('removed') }),
	/** This epoch is the current one now. */
	z.object({ type: z.literal('rotated'), epoch: z.number() }),
	/** The document is larger than this relay keeps: only owners write, until it is smaller or a new epoch begins. */
	z.object({ type: z.literal('full'), bytes: z.number(), limit: z.number() }),
	/** It is small enough again. What was not taken meanwhile is to be sent anew. */
	z.object({ type: z.literal('fits') })
]);
export type RelayMessage = z.infer<typeof RelayMessage>;

const token = z.string().check(z.maxLength(2048));
const refresh = z.string().check(z.regex(/^[0-9A-Za-z_-]{43}$/));
const part = z.int().check(z.gte(0), z.lt(1000));
const newcomer = { card: Card, device: DeviceId };

/** The calls on `/ask`, by name: what each is given beside `id` and `call`. */
export const callArguments = {
	/** Makes a workspace on this relay; who does is its owner, and its epoch is 0. */
	create: z.object({
		...newcomer,
		workspace: WorkspaceId,
		/** Where the relay asks for one. */
		createToken: z.optional(token)
	}),
	token: z.object({ refresh }),
	invite: z.object({
		token,
		role: Role,
		uses: z._default(z.literal(1), 1),
		hours: z._default(z.number().check(z.gt(0), z.lte(limits.invitationHours)), 72)
	}),
	redeem: z.object({ ...newcomer, invitation: z.string().check(z.maxLength(128)) }),
	members: z.object({ token }),
	invitations: z.object({ token }),
	revoke: z.object({ token, invitation: InvitationId }),
	setRole: z.object({ token, member: MemberId, role: Role }),
	removeMember: z.object({ token, member: MemberId }),
	leave: z.object({ token }),
	/** Puts another card in the place of this device's: sealed with the key of the present epoch. */
	putCard: z.object({ token, card: Card }),
	/** Says that this epoch, the current one and 1, is the current one from now on. */
	rotate: z.object({ token, epoch: z.int().check(z.gte(1)) }),
	/** Announces a blob of so many bytes in so many parts; binary frames bring them. */
	putBlob: z.object({ token, size: z.int().check(z.gt(0)), parts: z.int().check(z.gt(0)) }),
	/** How large a blob is. Whoever knows its id may take it. */
	getBlob: z.object({ blob: BlobId }),
	/** Asks for one part, which comes as a binary frame, or as an `AskPart` with an error. */
	takeBlob: z.object({ blob: BlobId, part }),
	doneBlob: z.object({ blob: BlobId }),
	/** What this relay can do beside its own work. */
	capabilities: z.object({ token })
} as const;
export type Call = keyof typeof callArguments;
export type CallArguments<C extends Call> = z.infer<(typeof callArguments)[C]>;

/** Times are milliseconds since 1970 by the relay's clock. */
const time = z.number();
const done = z.object({});

const Member = z.object({
	member: MemberId,
	role: Role,
	joined: time,
	seen: time,
	devices: z.array(z.object({ device: DeviceId, card: Card, joined: time, seen: time }))
});
export type Member = z.infer<typeof Member>;

const Invitation = z.object({ id: InvitationId, role: Role, expires: time, by: MemberId });
export type Invitation = z.infer<typeof Invitation>;

/** What each call answers. */
export const callAnswers = {
	create: z.object({ member: MemberId, device: DeviceId, refresh }),
	/** `lasts` is the same as `expires`, but in milliseconds from now, for clocks that differ. */
	token: z.object({ token, expires: time, lasts: z.number(), role: Role, epoch: z.number() }),
	/** `<id>.<secret>`: shown once, kept only as a hash. */
	invite: z.object({ invitation: z.string(), expires: time }),
	redeem: z.object({
		...{ workspace: WorkspaceId, epoch: z.number() },
		...{ member: MemberId, device: DeviceId, role: Role, refresh }
	}),
	members: z.array(Member),
	invitations: z.array(Invitation),
	revoke: done,
	setRole: done,
	removeMember: done,
	leave: done,
	putCard: done,
	rotate: done,
	putBlob: z.object({ blob: BlobId }),
	getBlob: z.object({ size: z.number(), parts: z.number() }),
	/** Never as text: a binary frame. */
	takeBlob: z.never(),
	doneBlob: done,
	/** `mail` only where it hands mail to a server. */
	capabilities: z.object({ mail: z.optional(MailOffer) })
} as const;
export type CallAnswer<C extends Call> = z.infer<(typeof callAnswers)[C]>;

/** Why a call was refused. */
export const AskError = z.object({
	type: z.enum([
		'unauthorised',
		'forbidden',
		'unknown',
		'used',
		'expired',
		'exists',
		'removed',
		'lastOwner',
		'tooMany',
		'tooLarge',
		'invalid',
		'closed',
		'unavailable'
	]),
	/** In English, for logs. */
	message: z.string()
});
export type AskError = z.infer<typeof AskError>;

/** A call as it is sent. `id` is the caller's, echoed in the answer. */
export const AskCall = z.looseObject({
	id: z.union([z.int(), z.string().check(z.maxLength(64))]),
	call: z.enum(Object.keys(callArguments) as [Call, ...Call[]])
});

/** The answer to a call. */
export const AskAnswer = z.union([
	z.object({ id: z.union([z.int(), z.string()]), ok: z.unknown() }),
	/** `id` is null where the call could not be read. */
	z.object({ id: z.nullable(z.union([z.int(), z.string()])), error: AskError })
]);
export type AskAnswer = z.infer<typeof AskAnswer>;

/** The answer to a binary frame: the part is stored, or why not. Also to `takeBlob`, where there is nothing to take. */
export const AskPart = z.object({
	blob: z.string(),
	part: z.number(),
	error: z.optional(AskError)
});
export type AskPart = z.infer<typeof AskPart>;

/** A part of a blob: `id in UTF-8 (22) | part, big-endian (4) | bytes`. */
export interface BlobPart {
	readonly blob: string;
	readonly part: number;
	readonly bytes: Uint8Array;
}

const partHeader = 26;

export function writePart({ blob, part, bytes }: BlobPart): Uint8Array<ArrayBuffer> {
	const frame = new Uint8Array(partHeader + bytes.length);
	frame.set(new TextEncoder().encode(blob));
	new DataView(frame.buffer).setUint32(partHeader - 4, part);
	frame.set(bytes, partHeader);
	return frame;
}

/** Nothing for a frame that is no part of a blob. */
export function readPart(frame: Uint8Array): BlobPart | undefined {
	if (frame.length <= partHeader || frame.length > partHeader + limits.blobPart) return;
	const blob = new TextDecoder().decode(frame.subarray(0, partHeader - 4));
	if (!BlobId.safeParse(blob).success) return;
	const part = new DataView(frame.buffer, frame.byteOffset).getUint32(partHeader - 4);
	return { blob, part, bytes: frame.subarray(partHeader) };
}
