import { saysEmailConsent, type Mapping } from './mapping';
import { titleOf } from './problem';
import { rowsOf, type Counts, type ImportReport, type UndoReport } from './report';

type Count = (n: number) => string;

/** "41,020 new · 6,951 updated · 211 repeated in the file · 31 rejected · 3 values left out" */
export function sayCounts(counts: Counts, kind: 'contacts' | 'events', count: Count): string {
	const known = kind === 'contacts' ? 'unchanged' : 'known already';
	const parts = [
		[counts.created, 'new'],
		[counts.updated, 'updated'],
		[counts.unchanged, known],
		[counts.repeated, 'repeated in the file'],
		[counts.rejected, 'rejected'],
		[counts.future, 'in the future'],
		[counts.people, counts.people === 1 ? 'new contact for them' : 'new contacts for them'],
		[counts.leftOut, counts.leftOut === 1 ? 'value left out' : 'values left out']
	] as const;
	const said = parts.filter(([n], i) => n > 0 || i === 0).map(([n, what]) => `${count(n)} ${what}`);
	return said.join(' · ');
}

/** "41,020 contacts added, 6,951 updated. 211 rows repeated others. 31 rows rejected. 3 values left out." */
export function sayDone(counts: Counts, kind: 'contacts' | 'events', count: Count): string {
	const noun = (n: number, one: string) => `${count(n)} ${n === 1 ? one : `${one}s`}`;
	const added =
		kind === 'contacts'
			? `${noun(counts.created, 'contact')} added, ${count(counts.updated)} updated.`
			: `${noun(counts.created, 'event')} added${counts.people > 0 ? `, and ${noun(counts.people, 'contact')} for them` : ''}.`;
	const { repeated, rejected, leftOut } = counts;
	return [
		added,
		repeated > 0
			? `${noun(repeated, 'row')} repeated ${repeated === 1 ? 'another one' : 'others'}.`
			: '',
		rejected > 0 ? `${noun(rejected, 'row')} rejected.` : '',
		leftOut > 0 ? `${noun(leftOut, 'value')} left out.` : ''
	]
		.filter(Boolean)
		.join(' ');
}

/** "1 row" */
export const sayRows = (rows: number, count: Count): string =>
	`${count(rows)} ${rows === 1 ? 'row' : 'rows'}`;

/** Why a file has nothing to import: "All rows are rejected: Unknown people.", or that its rows are known. */
export function sayNothingNew(
	{ counts, groups }: Pick<ImportReport, 'counts' | 'groups'>,
	count: Count
): string {
	const { rejected } = counts;
	if (rejected === 0) return 'There is nothing new in this file.';
	const reasons = groups.map(({ problem }) => titleOf(problem));
	const why = `${reasons.slice(0, 2).join(', ')}${reasons.length > 2 ? ' and more' : ''}`;
	return rejected === rowsOf(counts)
		? `All rows are rejected: ${why}.`
		: `There is nothing new in this file, and ${sayRows(rejected, count)} ${rejected === 1 ? 'is' : 'are'} rejected: ${why}.`;
}

/** What is to be known beside the counts, a sentence for each. */
export const sayAlso = (counts: Counts, kind: 'contacts' | 'events', count: Count): string[] =>
	[sayFuture(counts, count), sayShared(counts, kind, count), sayArchived(counts, count)].filter(
		Boolean
	);

/** "3 of these events lie in the future. Conditions do not count them yet.", or '' where none does. */
function sayFuture({ future }: Counts, count: Count): string {
	if (future === 0) return '';
	return future === 1
		? '1 of these events lies in the future. Conditions do not count it yet.'
		: `${count(future)} of these events lie in the future. Conditions do not count them yet.`;
}

/** "3 of these events are about an address …", or '' where none is. What contacts refuse is said with their rows. */
function sayShared({ shared }: Counts, kind: 'contacts' | 'events', count: Count): string {
	if (kind === 'contacts' || shared === 0) return '';
	return shared === 1
		? '1 of these events is about an address that several contacts have. It counts for all of them.'
		: `${count(shared)} of these events are about an address that several contacts have. They count for all of them.`;
}

/** "3 of these contacts are archived, and stay in the Archive.", or '' where none is. */
function sayArchived({ archived }: Counts, count: Count): string {
	if (archived === 0) return '';
	return archived === 1
		? '1 of these contacts is archived, and stays in the Archive.'
		: `${count(archived)} of these contacts are archived, and stay in the Archive.`;
}

/** That contacts who were added cannot be sent email yet, or '' where the file says what anybody agreed to. */
export function sayNoConsent({ created }: Counts, mapping: Mapping, count: Count): string {
	if (mapping.kind !== 'contacts' || created === 0 || saysEmailConsent(mapping)) return '';
	return created === 1
		? 'The contact that was added cannot be sent email until it is subscribed: the file does not say that it agreed.'
		: `None of the ${count(created)} contacts that were added can be sent email until they are subscribed: the file does not say that they agreed.`;
}

/** "3 contacts have unsubscribed before, and stay unsubscribed.", or '' where there are none. */
export const sayRefusalsKept = ({ refusalsKept }: Counts, count: Count): string =>
	refusalsKept === 0
		? ''
		: `${count(refusalsKept)} ${refusalsKept === 1 ? 'contact has unsubscribed before, and stays' : 'contacts have unsubscribed before, and stay'} unsubscribed.`;

/** "3 contacts have not confirmed yet, and stay pending.", or '' where there are none. */
export const sayPendingKept = ({ pendingKept }: Counts, count: Count): string =>
	pendingKept === 0
		? ''
		: `${count(pendingKept)} ${pendingKept === 1 ? 'contact has not confirmed yet, and stays' : 'contacts have not confirmed yet, and stay'} pending.`;

/** What undoing did: "41,020 contacts removed, 6,951 restored." */
export function sayUndone(report: UndoReport, count: Count): string {
	const { contactsRemoved, contactsRestored, eventsRemoved, left, examples } = report;
	const parts = [
		contactsRemoved > 0 ? `${count(contactsRemoved)} contacts removed` : '',
		contactsRestored > 0 ? `${count(contactsRestored)} restored` : '',
		eventsRemoved > 0 ? `${count(eventsRemoved)} events removed` : ''
	].filter(Boolean);
	const done = parts.length > 0 ? `Import undone: ${parts.join(', ')}.` : 'Import undone.';
	if (left === 0) return done;
	const names = examples.slice(0, 3).map(({ name }) => name);
	const who = `${names.join(', ')}${left > names.length ? ' and others' : ''}`;
	return `${done} ${count(left)} ${left === 1 ? 'contact was' : 'contacts were'} changed since, and kept that: ${who}.`;
}
