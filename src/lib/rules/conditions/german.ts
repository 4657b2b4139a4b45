import { aggregate } from './aggregate/german';
import { anniversary } from './anniversary/german';
import { changed } from './changed/german';
import { consent } from './consent/german';
import { engagement } from './engagement/german';
import { event } from './event/german';
import { everyone } from './everyone/german';
import { field } from './field/german';
import { first } from './first/german';
import type { InGerman } from './german-kind';
import { inactive } from './inactive/german';
import { last } from './last/german';
import { list } from './list/german';
import { membership } from './membership/german';
import { message } from './message/german';
import { place } from './place/german';
import { purchase } from './purchase/german';
import type { Condition } from './registry';
import { regularly } from './regularly/german';
import { sample } from './sample/german';
import { segment } from './segment/german';
import { sequence } from './sequence/german';
import { suppressed } from './suppressed/german';
import { tag } from './tag/german';

/** A kind without German does not type-check. */
const inGerman: { readonly [K in Condition['kind']]: InGerman<Extract<Condition, { kind: K }>> } = {
	aggregate,
	anniversary,
	changed,
	consent,
	everyone,
	engagement,
	event,
	field,
	first,
	inactive,
	last,
	list,
	membership,
	message,
	place,
	purchase,
	regularly,
	sample,
	segment,
	sequence,
	suppressed,
	tag
};

/** The one cast about German: TypeScript cannot tie a looked-up kind to its own condition. */
export const inGermanOf = ({ kind }: Condition): InGerman<Condition> =>
	inGerman[kind] as unknown as InGerman<Condition>;
