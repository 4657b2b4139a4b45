import { dayOf, instantOf } from '$lib/fields/value';
import type { Moment } from '$lib/time/moment';
import { isFieldOperand } from '../operators/operand';
import { sayDay, sayInstant } from './resolved';
import { sayGiven, type Subject } from './subject';

/** A day or an instant as a token shows it; nothing while there is none. */
export function sayWhen(value: unknown, subject: Subject, moment: Moment): string | undefined {
	if (isFieldOperand(value)) return sayGiven(value, subject);
	if (typeof value !== 'string') return;
	if (dayOf(value)) return sayDay(value, moment);
	const instant = instantOf(value);
	return instant === undefined ? undefined : sayInstant(instant, moment);
}
