/** Arrays in the one row of a `copy … to … (format binary)`: of int4, float8 and timestamptz, each value or null. */

const headerLength = 19;
/** Milliseconds from 1970 to 2000, from which Postgres counts. */
const epoch2000 = 946_684_800_000;

/** Reads arrays one after the other, in the order of the columns. Null arrays, of no rows, are empty. */
export class BinaryArrays {
	readonly #view: DataView;
	#at = headerLength + 2;

	constructor(buffer: ArrayBuffer) {
		this.#view = new DataView(buffer);
	}

	/** Whole numbers; −1 for null. */
	int4(): Int32Array {
		const read = new Int32Array(this.#length());
		for (let i = 0; i < read.length; i++) {
			const isThere = this.#size() > 0;
			read[i] = isThere ? this.#view.getInt32(this.#at) : -1;
			if (isThere) this.#at += 4;
		}
		return read;
	}

	/** Numbers; `NaN` for null. */
	float8(): Float64Array {
		return this.#doubles((at) => this.#view.getFloat64(at));
	}

	/** Instants in epoch milliseconds; `NaN` for null. */
	timestamptz(): Float64Array {
		return this.#doubles((at) => {
			const micros = this.#view.getInt32(at) * 2 ** 32 + this.#view.getUint32(at + 4);
			return Math.floor(micros / 1000) + epoch2000;
		});
	}

	#doubles(read: (at: number) => number): Float64Array {
		const all = new Float64Array(this.#length());
		for (let i = 0; i < all.length; i++) {
			const isThere = this.#size() > 0;
			all[i] = isThere ? read(this.#at) : NaN;
			if (isThere) this.#at += 8;
		}
		return all;
	}

	/** The bytes that follow, −1 for null. */
	#size(): number {
		const size = this.#view.getInt32(this.#at);
		this.#at += 4;
		return size;
	}

	/** How many elements the array has that begins here: dimensions, whether there are nulls, type; then its one dimension. */
	#length(): number {
		if (this.#size() < 0) return 0;
		const dimensions = this.#view.getInt32(this.#at);
		this.#at += 12;
		if (dimensions === 0) return 0;
		const length = this.#view.getInt32(this.#at);
		this.#at += 8;
		return length;
	}
}
