/** One number, what is wanted of it and how it is read. */
export interface Measure {
	readonly what: string;
	readonly value: number;
	/** `×`: so many times as fast as another. */
	readonly unit: 'rows/s' | 'changes/s' | 'ms' | 'MB' | '×';
	/** At least for rates and `×`, at most for all else. */
	readonly goal: number | undefined;
}

/** Notes a measure, and tells of it. */
export type Add = (
	what: string,
	value: number,
	unit: Measure['unit'],
	goal?: number | undefined
) => void;

/** Collects measures, and prints each as it comes. */
export function collect(): { readonly measures: readonly Measure[]; readonly add: Add } {
	const measures: Measure[] = [];
	return {
		measures,
		add(what, value, unit, goal) {
			const measure = { what, value: rounded(value), unit, goal };
			measures.push(measure);
			console.log(`  ${what}: ${say(measure)}${met(measure) ? '' : `, goal ${goalOf(measure)}`}`);
		}
	};
}

/** Four digits of a number are more than a second run would give again. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

/** A number of less than ten has its decimals, all others none. */
export const sayNumber = (value: number): string =>
	value !== 0 && Math.abs(value) < 10
		? String(Number(value.toPrecision(2)))
		: Math.round(value).toLocaleString('en');

export const say = ({ value, unit }: Pick<Measure, 'value' | 'unit'>): string =>
	`${sayNumber(value)} ${unit}`;

const isAtLeast = ({ unit }: Measure): boolean => unit.endsWith('/s') || unit === '×';

export const goalOf = (measure: Measure): string =>
	measure.goal === undefined
		? ''
		: `${isAtLeast(measure) ? '≥' : '≤'} ${say({ value: measure.goal, unit: measure.unit })}`;

export const met = (measure: Measure): boolean => {
	const { value, goal } = measure;
	return goal === undefined || (isAtLeast(measure) ? value >= goal : value <= goal);
};
