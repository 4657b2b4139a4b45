import type { App } from '$lib/app.svelte';
import { keepError } from '$lib/errors';
import { formatCount } from '$lib/ui/number';
import { toast } from '$lib/ui/toast';
import type { BulkAct } from './bulk';
import { displayName, type Contact, type ValueChange } from './contact';
import { describeDone } from './describe-act';
import { withProvenance } from './entry';
import type { ContactPick } from './pick';
import type { NewContact } from './queries';

/** "1 contact", "1,204 contacts" */
export const contactsText = (n: number): string => `${formatCount(n)} contact${n === 1 ? '' : 's'}`;

/** Writes values a person entered, and says so with Undo. Gives whether they are stored. */
export async function editValues(
	app: App,
	contact: Pick<Contact, 'cno' | 'values'>,
	entered: readonly ValueChange[]
): Promise<boolean> {
	const { cno, values } = contact;
	const changed = entered.filter(({ field, value }) => !same(values[field.id] ?? null, value));
	if (changed.length === 0) return true;
	const put = (changes: readonly ValueChange[]) =>
		told(() => app.ask('editContact', crypto.randomUUID(), cno, changes, Date.now()));
	const before = await put(withProvenance(changed, app.definitions.fields, Date.now()));
	if (before === null) void toast('This contact is not there any more.', { tone: 'danger' });
	if (!before) return false;
	const what = changed.map(({ field }) => field.name).join(', ');
	void toast(`${what} of ${displayName(contact)} changed.`, { undo: () => void put(before) });
	return true;
}

/** Adds a contact a person typed; gives its number, if it is stored. */
export function addContact(app: App, contact: NewContact): Promise<number | undefined> {
	return told(() => app.ask('addContact', crypto.randomUUID(), contact, Date.now()));
}

/**
 * Tags, lists, archives or restores contacts, however many, and says so with Undo. `name` is that of the tag or list;
 * `onprogress` hears of contacts looked at.
 */
export async function changeContacts(
	app: App,
	act: BulkAct,
	pick: ContactPick,
	name = '',
	onprogress: (done: number, total: number) => void = () => {}
): Promise<void> {
	const write = crypto.randomUUID();
	const moment = { ...app.moment, now: Date.now() };
	const stop = app.engine.onnews((news) => {
		if (news.type === 'progress' && news.job === write) onprogress(news.done, news.total ?? 0);
	});
	const changed = await told(() =>
		app.engine.callWith({ deadline: null }, 'changeContacts', write, act, pick, moment)
	);
	stop();
	if (changed === undefined) return;
	const who = changed === 0 ? undefined : contactsText(changed);
	const undo = () => void undoContacts(app, write);
	void toast(describeDone(act, who, name), who === undefined ? {} : { undo });
}

/** Takes back what a write has changed of contacts. */
export const undoContacts = (app: App, of: string): Promise<number | undefined> =>
	told(() => app.engine.callWith({ deadline: null }, 'undoContacts', crypto.randomUUID(), of));

/** What the database answers; where it does not, says so and gives nothing. */
export async function told<T>(ask: () => Promise<T>): Promise<T | undefined> {
	try {
		return await ask();
	} catch (error) {
		keepError('write', error);
		void toast('Not saved: the database did not answer. Try again in a moment.', {
			tone: 'danger'
		});
		return undefined;
	}
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
