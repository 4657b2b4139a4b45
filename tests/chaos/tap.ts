/// <reference lib="webworker" />

/** When the worker's files are to stop: at which write or truncation, counted from where. */
export interface Tap {
	/** `start` is the worker's, `upgrading` that of its migrations. */
	readonly from: 'start' | 'upgrading' | 'now';
	/** 1 is the first; `emptying` is when a file of more than 100 KB is emptied; null only counts. */
	readonly at: number | 'emptying' | null;
	/** That write is cut after so many pages of 4 KB, as a kill in the middle of it does; null: it does not begin. */
	readonly pages: number | null;
}

export const countOnly = (from: Tap['from']): Tap => ({ from, at: null, pages: null });

export type TapSays =
	| { readonly type: 'arm'; readonly tap: Tap }
	| { readonly type: 'armed' }
	| { readonly type: 'count' }
	| { readonly type: 'counted'; readonly count: number };

/** The channel it is armed and asked on. */
export const tapChannel = 'chaos';
/** What it fetches at its moment, waiting for the answer, until the browser is killed instead of being answered. */
export const momentFile = 'moment.txt';

/** What is put before a worker's script, so that it stops dead at a file operation known beforehand. */
export const tapScript = (tap: Tap | null): string =>
	`globalThis.__name ??= (named) => named; (${tapFiles})(${JSON.stringify([tap, tapChannel, momentFile])});\n`;

function tapFiles([first, channel, moment]: [Tap | null, string, string]): void {
	let tap = first;
	let count = 0;
	let counting = tap?.from === 'start';
	const isMoment = () => counting && ++count === tap?.at;

	const die = () => {
		for (;;) {
			const request = new XMLHttpRequest();
			request.open('GET', `${self.origin}/${moment}`, false);
			request.send();
		}
	};

	const { prototype } = FileSystemSyncAccessHandle;
	const { write, truncate } = prototype;
	prototype.write = function (bytes, options) {
		if (isMoment()) {
			const from = options?.at ?? 0;
			const until = (Math.floor(from / 4096) + (tap?.pages ?? 0)) * 4096 - from;
			const whole = ArrayBuffer.isView(bytes)
				? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
				: new Uint8Array(bytes);
			if (until > 0) write.call(this, whole.subarray(0, until), options);
			die();
		}
		return write.call(this, bytes, options);
	};
	prototype.truncate = function (size) {
		const isEmptying = counting && tap?.at === 'emptying' && size === 0 && this.getSize() > 100_000;
		if (isMoment() || isEmptying) die();
		truncate.call(this, size);
	};

	const say = self.postMessage as (message: unknown) => void;
	self.postMessage = (message: { readonly step?: string }) => {
		if (message.step === 'upgrading' && tap?.from === 'upgrading') counting = true;
		say.call(self, message);
	};

	const wire = new BroadcastChannel(channel);
	wire.onmessage = ({ data }: MessageEvent<TapSays>) => {
		if (data.type === 'arm') {
			tap = data.tap;
			count = 0;
			counting = true;
			wire.postMessage({ type: 'armed' } satisfies TapSays);
		}
		if (data.type === 'count') wire.postMessage({ type: 'counted', count } satisfies TapSays);
	};
}
