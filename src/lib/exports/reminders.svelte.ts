import { keepReminders, keptReminders } from './kept';
import type { Reminder } from './reminder';

/** The exports that this device reminds of. */
export class Reminders {
	readonly #namespace: string;
	#all = $state.raw<readonly Reminder[]>([]);

	constructor(namespace: string) {
		this.#namespace = namespace;
		this.#all = keptReminders(namespace);
	}

	get all(): readonly Reminder[] {
		return this.#all;
	}

	change(to: (all: readonly Reminder[]) => readonly Reminder[]): void {
		// Another tab may have changed them.
		this.#all = to(keptReminders(this.#namespace));
		keepReminders(this.#namespace, this.#all);
	}
}

const known = new Map<string, Reminders>();

/** Those of a workspace, the same for all who ask. */
export function remindersOf(namespace: string): Reminders {
	const reminders = known.get(namespace) ?? new Reminders(namespace);
	known.set(namespace, reminders);
	return reminders;
}
