/**
 * When and where a question is asked: the one `now` of a whole evaluation, in epoch milliseconds, and the calendar
 * of the workspace. Nothing below the page reads a clock.
 */
export interface Moment {
	readonly now: number;
	/** IANA name, such as `Europe/Zurich`. */
	readonly zone: string;
	/** Monday is 1, Sunday 7. */
	readonly weekStart: number;
}
