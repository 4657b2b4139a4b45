/** One of the options of a RadioGroup or a Segmented bar. */
export interface Choice<V extends string> {
	readonly value: V;
	readonly label: string;
	readonly hint?: string | undefined;
	readonly disabled?: boolean | undefined;
}
