import * as z from 'zod/mini';
import { addUnits } from '$lib/time/zone';

export const Every = z.enum(['day', 'week', 'month']);
export type Every = z.infer<typeof Every>;

/** That an export is wanted again and again. It never runs by itself: it is only reminded of. Epoch milliseconds. */
export const Reminder = z.object({
	/** The segment, or whatever was exported. */
	segment: z.string(),
	name: z.string(),
	every: Every,
	/** When it was last exported, or asked to be reminded of. */
	since: z.number(),
	/** Until when nobody wants to hear of it. */
	quietUntil: z.optional(z.number())
});
export type Reminder = z.infer<typeof Reminder>;

/** From when on it is due. */
export const dueAt = ({ since, every, quietUntil = 0 }: Reminder, zone: string): number =>
	Math.max(addUnits(since, 1, every, zone), quietUntil);

/** Those that are due, the longest ago first. */
export const dueReminders = (
	reminders: readonly Reminder[],
	now: number,
	zone: string
): Reminder[] =>
	reminders
		.filter((reminder) => dueAt(reminder, zone) <= now)
		.sort((a, b) => dueAt(a, zone) - dueAt(b, zone));

/** With the one given instead of what there was about its segment. */
export const withReminder = (
	reminders: readonly Reminder[],
	reminder: Reminder
): readonly Reminder[] => [
	...reminders.filter(({ segment }) => segment !== reminder.segment),
	reminder
];

/** As they are after a segment was exported. */
export const afterExport = (
	reminders: readonly Reminder[],
	segment: string,
	at: number
): readonly Reminder[] =>
	reminders.map((reminder) =>
		reminder.segment === segment ? { ...reminder, since: at, quietUntil: undefined } : reminder
	);

export const everyWords: Readonly<Record<Every, string>> = {
	day: 'Every day',
	week: 'Every week',
	month: 'Every month'
};
