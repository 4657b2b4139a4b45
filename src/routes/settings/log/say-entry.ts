import { defaultFormat, fileWriter } from '$lib/exports/format';
import type { Json } from '$lib/json';
import type { AuditEntry } from '$lib/workspace/audit';

interface Gesture extends Omit<AuditEntry, 'register' | 'before' | 'after'> {
	readonly registers: readonly Pick<AuditEntry, 'register' | 'before' | 'after'>[];
}

/** Entries that stand together, of one gesture, as one. Their registers in the order they were noted. */
export function gesturesOf(newestFirst: readonly AuditEntry[]): Gesture[] {
	const gestures: Gesture[] = [];
	for (const { register, before, after, ...of } of newestFirst) {
		const last = gestures.at(-1);
		const one = { register, before, after };
		const same =
			last?.at === of.at &&
			last.op === of.op &&
			last.by === of.by &&
			last.segment === of.segment &&
			last.registers.every((other) => other.register !== register);
		if (same) gestures.splice(-1, 1, { ...last, registers: [one, ...last.registers] });
		else gestures.push({ ...of, registers: [one] });
	}
	return gestures;
}

const headers = ['at', 'by', 'device', 'segment', 'op', 'register', 'before', 'after'] as const;

/** Every entry as one line of a CSV file, in the order given. Times are ISO 8601. */
export function csvOf(entries: readonly AuditEntry[]): string {
	const { begin, row } = fileWriter(defaultFormat);
	const json = (value: Json | undefined) => (value === undefined ? null : JSON.stringify(value));
	const lines = entries.map(({ at, by, device, segment, op, register, before, after }) =>
		row([
			new Date(at).toISOString(),
			...[by, device, segment ?? null, op, register],
			...[json(before), json(after)]
		])
	);
	return begin(headers) + lines.join('');
}
