import type { Column, ColumnTarget, ImportDefinitions, Mapping } from '../mapping';
import type { ConsentState } from '../values/consent';
import { areEmailEvents } from '../values/email-event';
import {
	bestOfEach,
	candidateOf,
	saysWhatHappened,
	type Candidate,
	type SampledColumn
} from './candidate';
import { contactTarget } from './contact-target';
import { eventTarget } from './event-target';
import { roleOf, type Role } from './roles';
import { shapeOf } from './shape';
import type { Vendor } from './vendors';

export interface SuggestAsk {
	readonly file: string;
	readonly columns: readonly SampledColumn[];
	readonly vendor: Vendor | undefined;
	readonly kind: Mapping['kind'];
	readonly definitions: ImportDefinitions;
	readonly newId: () => string;
}

/** What the columns of a file most likely are. */
export function suggestMapping(ask: SuggestAsk): Mapping {
	const { columns, kind, vendor, file } = ask;
	const candidates = columns.map((column, index) => candidateOf(column, index, ask));
	const winners = bestOfEach(candidates, columns);
	const ofEmails = kind === 'events' && areAboutEmails(columns, winners);
	const columnsOut = columns.map((column, index): Column => {
		const { role, shape } = winners[index]!;
		const target =
			kind === 'events'
				? eventTarget(column, role, shape, { ...ask, ofEmails })
				: contactTarget(column, role, shape, ask);
		return { name: column.name, target, style: shape.style };
	});
	const finished = withoutTwins(columnsOut);
	const has = (name: ColumnTarget['target']) =>
		finished.some(({ target }) => target.target === name);
	const byId = !has('email') && has('externalId') && kind === 'events';
	return {
		kind,
		columns: finished,
		match: byId ? 'id' : 'email',
		consent: kind === 'contacts' && !has('consent') ? consentOfFile(file, vendor) : null,
		eventType:
			kind === 'events' &&
			!has('eventType') &&
			winners.some(({ role }) => role === 'order_id' || role === 'order_total')
				? { id: 'order_placed', name: 'Placed order' }
				: null
	};
}

/** Whether what happened is about emails: its names say so, or nothing says what it is and there is a campaign. */
function areAboutEmails(
	columns: readonly SampledColumn[],
	roles: readonly Pick<Candidate, 'role'>[]
): boolean {
	const type = roles.findIndex(({ role }) => role === 'event_type');
	if (type >= 0) return areEmailEvents(columns[type]!.values);
	const has = (wanted: Role) => roles.some(({ role }) => role === wanted);
	return has('campaign') && !has('order_id') && !has('order_total');
}

/** Whether rows are things that happened rather than people. */
export function kindOf(
	columns: readonly SampledColumn[],
	vendor: Vendor | undefined
): Mapping['kind'] {
	if (vendor) return vendor.kind;
	const roles = new Set(columns.map(({ name }) => roleOf(name)?.role));
	const timed = roles.has('event_at') || roles.has('created_at') || columns.some(isTimes);
	const happened =
		(['order_id', 'order_total', 'event_type', 'event_id'] as const).some((role) =>
			roles.has(role)
		) || columns.some(saysWhatHappened);
	return timed && happened ? 'events' : 'contacts';
}

const isTimes = ({ values }: SampledColumn): boolean =>
	['date', 'datetime'].includes(shapeOf(values).type);

/** Two columns that would go to the same place: the later one is left out until somebody says otherwise. */
function withoutTwins(columns: readonly Column[]): Column[] {
	const taken = new Set<string>();
	return columns.map((column) => {
		const { target } = column;
		const key =
			target.target === 'field'
				? target.field
				: target.target === 'property'
					? target.property.id
					: undefined;
		if (key === undefined || !taken.has(key)) {
			if (key !== undefined) taken.add(key);
			return column;
		}
		return { ...column, target: { target: 'ignore' } };
	});
}

/** Mailchimp says in the file's name what its contacts agreed to. */
function consentOfFile(file: string, vendor: Vendor | undefined): ConsentState | null {
	if (!vendor?.id.startsWith('mailchimp')) return null;
	if (/^(unsubscribed|cleaned)/i.test(file)) return 'unsubscribed';
	return /^subscribed/i.test(file) ? 'subscribed' : null;
}
