/** Milliseconds from 1970 to 2000, from which Postgres counts. */
const epoch2000 = 946_684_800_000;

/** `PGCOPY`, and neither flags nor an extension of the header. */
const signature = [
	0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0
];

/** Rows as Postgres' COPY takes them in its binary format: a third of the time of text, most of which goes on instants. */
export class BinaryRows {
	readonly #bytes: Uint8Array<ArrayBuffer>;
	readonly #view: DataView;
	#at = signature.length;

	/** `length` in bytes, which must be enough. */
	constructor(length: number) {
		this.#bytes = new Uint8Array(length);
		this.#view = new DataView(this.#bytes.buffer);
		this.#bytes.set(signature);
	}

	get length(): number {
		return this.#at;
	}

	/** Begins a row; its columns follow one by one. */
	row(columns: number): this {
		this.#view.setInt16(this.#at, columns);
		this.#at += 2;
		return this;
	}

	int4(value: number | undefined): this {
		if (value === undefined) return this.#null();
		this.#size(4);
		this.#view.setInt32(this.#at - 4, value);
		return this;
	}

	int8(value: number): this {
		this.#size(8);
		this.#view.setInt32(this.#at - 8, Math.floor(value / 2 ** 32));
		// Whatever the sign, DataView takes the lowest 32 bits.
		this.#view.setUint32(this.#at - 4, value);
		return this;
	}

	/** In epoch milliseconds. */
	timestamptz(instant: number): this {
		return this.int8((instant - epoch2000) * 1000);
	}

	float8(value: number | undefined): this {
		if (value === undefined) return this.#null();
		this.#size(8);
		this.#view.setFloat64(this.#at - 8, value);
		return this;
	}

	/** Of plain ASCII. */
	text(value: string): this {
		this.#size(value.length);
		for (let i = 0, at = this.#at - value.length; i < value.length; i++)
			this.#bytes[at + i] = value.charCodeAt(i);
		return this;
	}

	/** The file, to which nothing more can be added. */
	end(): Blob {
		this.row(-1);
		return new Blob([this.#bytes.subarray(0, this.#at)]);
	}

	#size(bytes: number): void {
		this.#view.setInt32(this.#at, bytes);
		this.#at += 4 + bytes;
	}

	#null(): this {
		this.#view.setInt32(this.#at, -1);
		this.#at += 4;
		return this;
	}
}
