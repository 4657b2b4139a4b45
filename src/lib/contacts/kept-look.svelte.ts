import * as z from 'zod/mini';
import { jsonFrom } from '$lib/json';
import { defaultColumns } from './columns';

/** How the table of contacts looks. */
export interface Look {
	/** Ids of columns; the name is always there. */
	readonly columns: readonly string[];
	/** Of columns that were made wider or narrower, in pixels. */
	readonly widths: Readonly<Record<string, number>>;
	readonly density: 'comfortable' | 'compact';
}

const columnsKey = 'winnow:contact-columns';
const lookKey = 'winnow:contact-look';

/** How the table of contacts was left on this device. */
export class KeptLook {
	#current = $state.raw<Look>(read());

	get current(): Look {
		return this.#current;
	}

	set(look: Look): void {
		this.#current = look;
		const { columns, ...rest } = look;
		try {
			localStorage.setItem(columnsKey, JSON.stringify(columns));
			localStorage.setItem(lookKey, JSON.stringify(rest));
		} catch {
			// Storage is refused or full: the choice lasts until the page closes.
		}
	}
}

const Columns = z.catch(z.array(z.string()), [...defaultColumns]);
const Rest = z.catch(
	z.object({
		widths: z.catch(z.record(z.string(), z.number()), {}),
		density: z.catch(z.enum(['comfortable', 'compact']), 'comfortable')
	}),
	{ widths: {}, density: 'comfortable' }
);

function read(): Look {
	const kept = (key: string): unknown => {
		try {
			return jsonFrom(localStorage.getItem(key));
		} catch {
			return undefined; // refused: as if nothing was chosen
		}
	};
	return { columns: Columns.parse(kept(columnsKey)), ...Rest.parse(kept(lookKey)) };
}
