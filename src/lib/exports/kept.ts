import * as z from 'zod/mini';
import { ExportDefinition } from './columns';
import { Reminder } from './reminder';

// On this device, not in the workspace: how a file looks depends on the program here that reads it.
const key = (namespace: string) => `${namespace}:exports`;
const most = 200;

const Kept = z.array(z.tuple([z.string(), z.unknown()]));

/** How this segment was exported last on this device. `namespace` is the workspace's. */
export function keptDefinition(namespace: string, segment: string): ExportDefinition | undefined {
	const kept = read(namespace).find(([id]) => id === segment);
	const parsed = ExportDefinition.safeParse(kept?.[1]);
	return parsed.success ? parsed.data : undefined;
}

export function keepDefinition(
	namespace: string,
	segment: string,
	definition: ExportDefinition
): void {
	const others = read(namespace).filter(([id]) => id !== segment);
	try {
		localStorage.setItem(
			key(namespace),
			JSON.stringify([[segment, definition], ...others].slice(0, most))
		);
	} catch {
		// Storage is refused or full: the next export begins from the defaults.
	}
}

function read(namespace: string): z.infer<typeof Kept> {
	try {
		const parsed = Kept.safeParse(JSON.parse(localStorage.getItem(key(namespace)) ?? '[]'));
		return parsed.success ? parsed.data : [];
	} catch {
		return []; // storage is refused, or what is in it is not ours
	}
}

const remindersKey = (namespace: string) => `${namespace}:export-reminders`;

/** On this device: who wants to be reminded is whoever sits here. */
export function keptReminders(namespace: string): readonly Reminder[] {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(remindersKey(namespace)) ?? '[]');
		return z.array(Reminder).safeParse(kept).data ?? [];
	} catch {
		return []; // as above
	}
}

export function keepReminders(namespace: string, reminders: readonly Reminder[]): void {
	try {
		if (reminders.length === 0) localStorage.removeItem(remindersKey(namespace));
		else localStorage.setItem(remindersKey(namespace), JSON.stringify(reminders));
	} catch {
		// Storage is refused or full: it reminds until the tab is closed.
	}
}
