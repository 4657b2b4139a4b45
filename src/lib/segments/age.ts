const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, as short as a table wants it, and "now" of what is still to come: "now", "5 min ago", "2 h ago", "3 d ago", and from a week on the day itself. */
export function ageOf(at: number, now: number, zone: string): string {
	const ago = now - at;
	if (ago < minute) return 'now';
	if (ago < hour) return `${Math.floor(ago / minute)} min ago`;
	if (ago < day) return `${Math.floor(ago / hour)} h ago`;
	if (ago < 7 * day) return `${Math.floor(ago / day)} d ago`;
	return dayText(at, zone);
}

/** "14 Oct 2026" in the workspace's calendar. */
export const dayText = (at: number, zone: string): string =>
	formatOf(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);

/** "14 Oct 2026, 14:02" */
export const instantText = (at: number, zone: string): string =>
	formatOf(zone, {
		day: 'numeric',
		month: 'short',
		year: 'numeric',
		hour: '2-digit',
		minute: '2-digit'
	}).format(at);

/** "14:02:11" */
export const clockText = (at: number, zone: string): string =>
	formatOf(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(
		at
	);

const made = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = zone + JSON.stringify(options);
	const format = made.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
	made.set(key, format);
	return format;
}
