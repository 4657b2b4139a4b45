import * as Y from 'yjs';
import { applyForeign } from './foreign-update';
import { limits, roots, type Room } from './protocol';
import { seal, unseal } from './sealed';

/** The relay's document: a list of sealed blobs, of which it can tell no more than how long each is. */
export const logOf = (outer: Y.Doc): Y.Array<unknown> => outer.getArray(roots.log);

/** How changes stand that were made here: `waiting` gestures are not yet in the log, or not known to be stored. */
export interface SealedLog {
	readonly waiting: number;
	/**
	 * Blobs in the log that do not open or do not read: of another key, damaged, of a newer app, or sent by somebody who
	 * means ill. They are left where they are.
	 */
	readonly unreadable: number;
	/**
	 * Takes in all that the log has, and adds what it lacks: after a connection was made, when either side may have moved
	 * on without the other. Resolves when both are the same.
	 */
	meet(): Promise<void>;
	/** The relay has on disk what this client of the outer document wrote up to `clock`. */
	stored(client: number, clock: number): void;
	/**
	 * Puts one snapshot in the place of all blobs that were read, once they are many, or when space is scarce and it saves
	 * some; what others add meanwhile stays.
	 */
	compact(isScarce?: boolean): Promise<void>;
	/** When all that came so far is taken in. */
	settled(): Promise<void>;
	stop(): void;
}

export interface SealedLogParts {
	readonly outer: Y.Doc;
	readonly inner: Y.Doc;
	readonly key: CryptoKey;
	readonly room: Room;
	/** A viewer only reads. */
	readonly writes: () => boolean;
	/** Waited for before the whole document is put into a log that is empty. */
	readonly settle: () => Promise<void>;
	/** Something of what can be read here has changed. */
	readonly onchange: () => void;
}

/** Changes in quick succession become one blob, told at most so many milliseconds after the first. */
const gatherFor = 60;
/** The log is made one snapshot when it has more blobs, or more bytes beside its snapshots, than this. */
const most = { blobs: 300, bytes: 256 * 1024 };
/** When space is scarce a snapshot is sent that is smaller than this share of what it takes the place of. */
const worthSaving = 0.9;

/**
 * Keeps the workspace document (`inner`) and the log in the relay's document (`outer`) the same. Nothing is noted beside
 * the two: what the log lacks is found by reading it, so that no crash and no relay that lost something makes them
 * differ for long.
 */
export function sealedLog(parts: SealedLogParts): SealedLog {
	const { outer, inner, key, room } = parts;
	const log = logOf(outer);
	/** The origin of what came from the log: it is not put there again. */
	const origin = Symbol('relay');
	let gathered: Uint8Array[] = [];
	let gatherTimer: ReturnType<typeof setTimeout> | undefined;
	/** Of this client's clock in the outer document, until the relay has it. */
	let unstored: { clock: number; gestures: number }[] = [];
	let met = false;
	let unreadable = new Set<unknown>();
	/** Blobs that were taken in, found unreadable or put there here. Where one stands says nothing: others add in between. */
	const known = new WeakSet<object>();
	/** One after the other: reading and writing take turns, in the order in which they were wanted. */
	let turn: Promise<unknown> = Promise.resolve();
	let stopped = false;

	const inTurn = (work: () => Promise<void>): Promise<void> => {
		const done = turn.then(() => (stopped ? undefined : work()));
		turn = done.catch(() => undefined); // told to who waits for it
		return done;
	};

	const onlog = ({ changes }: Y.YArrayEvent<unknown>, { local }: Y.Transaction) => {
		// Before the two have met, all of it is read at once then.
		if (local || !met) return;
		const added = [...changes.added].flatMap((item) => item.content.getContent());
		if (added.length > 0) void inTurn(() => take(added));
	};
	const oninner = (update: Uint8Array, by: unknown) => {
		if (by === origin) return;
		gathered.push(update);
		parts.onchange();
		gatherTimer ??= setTimeout(flush, gatherFor);
	};
	log.observe(onlog);
	inner.on('update', oninner);

	function flush(): void {
		clearTimeout(gatherTimer);
		gatherTimer = undefined;
		if (met && parts.writes()) void inTurn(add);
	}

	/** Puts what was gathered into the log. */
	async function add(): Promise<void> {
		const updates = gathered;
		gathered = [];
		if (updates.length === 0) return;
		// All of them were made by this page or by a tab of the same app: they may be merged.
		const update = updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates);
		await push(update, 'update', updates.length);
	}

	async function push(
		update: Uint8Array,
		kind: 'update' | 'snapshot',
		gestures: number,
		instead: readonly unknown[] = []
	): Promise<void> {
		const blob = await seal(key, room, kind, update);
		if (stopped) return;
		outer.transact(() => {
			takeOut(instead);
			log.push([blob]);
			// Yjs keeps a copy, and gives the same one each time.
			known.add(log.get(log.length - 1) as Uint8Array);
		});
		unstored.push({ clock: Y.getState(outer.store, outer.clientID), gestures });
		parts.onchange();
	}

	function takeOut(blobs: readonly unknown[]): void {
		if (blobs.length === 0) return;
		const covered = new Set(blobs);
		// From the end, so that those before stay where they are.
		for (const [i, blob] of [...log.toArray().entries()].reverse())
			if (covered.has(blob)) log.delete(i);
	}

	/** Takes in blobs that others added. */
	async function take(blobs: readonly unknown[]): Promise<void> {
		const opened = await open(blobs);
		if (stopped) return;
		apply(inner, opened);
		parts.onchange();
	}

	/** Blobs by what is in them. */
	async function open(blobs: readonly unknown[]): Promise<Map<Uint8Array, unknown>> {
		for (const blob of blobs) if (blob instanceof Uint8Array) known.add(blob);
		const isSmall = (blob: unknown) =>
			blob instanceof Uint8Array && blob.length <= limits.roomBytes;
		const opened = await Promise.all(
			blobs.map((blob) =>
				unseal(key, room, ['update', 'snapshot'], isSmall(blob) ? blob : undefined)
			)
		);
		return new Map(
			opened.flatMap((blob, i) => {
				if (blob.ok) return [[blob.value.bytes, blobs[i]]];
				unreadable.add(blobs[i]);
				return [];
			})
		);
	}

	function apply(doc: Y.Doc, opened: ReadonlyMap<Uint8Array, unknown>): void {
		for (const left of applyForeign(doc, [...opened.keys()], origin))
			unreadable.add(opened.get(left));
	}

	const isKnown = (blob: unknown) =>
		blob instanceof Uint8Array ? known.has(blob) : unreadable.has(blob);

	async function meetNow(): Promise<void> {
		// Everybody comes to a new room at once, and one snapshot is enough.
		if (log.length === 0 && parts.writes()) await parts.settle();
		if (stopped) return;
		const blobs = log.toArray();
		unreadable = new Set();
		const logged = new Y.Doc();
		apply(logged, await open(blobs));
		if (stopped) return;
		const lacking = Y.encodeStateAsUpdate(logged, Y.encodeStateVector(inner));
		Y.applyUpdate(inner, lacking, origin);
		// What comes from now on is told by itself, and what was gathered until now is in what follows.
		met = true;
		const gestures = gathered.length;
		gathered = [];
		const isSame = Y.equalSnapshots(Y.snapshot(inner), Y.snapshot(logged));
		const missing = isSame ? undefined : Y.encodeStateAsUpdate(inner, Y.encodeStateVector(logged));
		logged.destroy();
		if (missing && parts.writes()) await push(missing, 'update', Math.max(1, gestures));
		// What was added while this was reading; a snapshot may have come in the place of what was there.
		const late = log.toArray().filter((blob) => !isKnown(blob));
		if (late.length > 0) await take(late);
		parts.onchange();
	}

	return {
		get waiting() {
			return gathered.length + unstored.reduce((sum, { gestures }) => sum + gestures, 0);
		},
		get unreadable() {
			return unreadable.size === 0
				? 0
				: log.toArray().filter((blob) => unreadable.has(blob)).length;
		},
		meet() {
			met = false;
			return inTurn(meetNow);
		},
		stored(client, clock) {
			if (client !== outer.clientID) return;
			unstored = unstored.filter((pushed) => pushed.clock > clock);
			parts.onchange();
		},
		compact: (isScarce = false) =>
			inTurn(async () => {
				if (!met || gathered.length > 0 || unstored.length > 0 || !parts.writes()) return;
				const blobs = log.toArray();
				// What does not open here may open for somebody else, and what is still to be read is not in the snapshot.
				const read = blobs.filter((blob) => !unreadable.has(blob));
				if (!(isScarce || isLarge(read)) || !blobs.every(isKnown)) return;
				const whole = Y.encodeStateAsUpdate(inner);
				if (isLarge(read) || whole.length < worthSaving * bytesOf(read))
					await push(whole, 'snapshot', 0, read);
			}),
		settled: () => inTurn(async () => {}),
		stop() {
			stopped = true;
			clearTimeout(gatherTimer);
			log.unobserve(onlog);
			inner.off('update', oninner);
		}
	};
}

function isLarge(blobs: readonly unknown[]): boolean {
	const updates = blobs.filter((blob) => blob instanceof Uint8Array && blob[1] === 1);
	return blobs.length > most.blobs || (bytesOf(updates) > most.bytes && updates.length > 1);
}

const bytesOf = (blobs: readonly unknown[]): number =>
	blobs.reduce<number>((sum, blob) => sum + (blob instanceof Uint8Array ? blob.length : 0), 0);
