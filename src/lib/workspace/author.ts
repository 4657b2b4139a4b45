/**
 * Who edits on this device, to people on others. Kept by the device, not in the document: the name goes along with what
 * its person does, and nowhere else.
 */

const deviceKey = 'winnow:device';
const nameKey = 'winnow:person';

/** Names this browser: eight hex digits, made once. */
export function deviceId(): string {
	try {
		const known = localStorage.getItem(deviceKey);
		if (known) return known;
		const made = crypto.randomUUID().slice(0, 8);
		localStorage.setItem(deviceKey, made);
		return made;
	} catch {
		return 'this device'; // storage is refused, and then nothing of this session is kept anyway
	}
}

/** What the person at this device is called; empty until they say so. */
export function personName(): string {
	try {
		return localStorage.getItem(nameKey) ?? '';
	} catch {
		return ''; // as above
	}
}

/** An empty name takes it away. Gives whether the browser keeps it. */
export function setPersonName(name: string): boolean {
	try {
		localStorage.setItem(nameKey, name.trim());
		return true;
	} catch {
		return false;
	}
}

/** What everything done here is signed with. */
export const authorHere = (): string => personName() || deviceId();

/** Whether a signature is one of this device. */
export const isHere = (by: string): boolean =>
	by !== '' && (by === deviceId() || by === personName());

/** A signature for people. */
export function sayAuthor(by: string): string {
	if (by === '') return 'Somebody';
	if (by === deviceId()) return 'You';
	return /^[0-9a-f]{8}$/.test(by) ? `Device ${by}` : by;
}
