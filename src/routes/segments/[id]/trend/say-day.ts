import { dayText } from '$lib/segments/age';
import type { ShownDay } from '$lib/segments/trend/shown-days';
import type { Day } from '$lib/time/zone';
import { formatCount } from '$lib/ui/number';

/** "12 Aug" */
export const dayLabel = (day: Day): string => dayText(Date.parse(day), 'UTC').slice(0, -5);

/** "12 Aug 2026: 4,257. 12 entered, 3 left. Recomputed." */
export function sayTrendDay({ day, known }: ShownDay): string {
	const date = dayText(Date.parse(day), 'UTC');
	if (!known) return `${date}: not known.`;
	const { size, entered, left, recomputed } = known;
	const moves = `${formatCount(entered)} entered, ${formatCount(left)} left.`;
	return `${date}: ${formatCount(size)}. ${moves}${recomputed ? ' Recomputed.' : ''}`;
}
