/** One line of an `OptionList`. */
export interface Option {
	readonly id: string;
	readonly label: string;
	/** In small letters after it. */
	readonly hint?: string | undefined;
	/** What it means, shown while it is pointed at. */
	readonly title?: string | undefined;
	/** Options of one group stand together under its name. */
	readonly group?: string | undefined;
	/** How many contacts. */
	readonly count?: number | undefined;
	/** The length of the bar behind the count, from 0 to 1. */
	readonly share?: number | undefined;
	/** Why it cannot be chosen. */
	readonly blocked?: string | undefined;
}
