import * as z from 'zod/mini';
import { PortableChange, PortableMove, PortableSuppression } from './logs';
import { PortableContact, PortableEvent } from './people';
import { PortableRecipient, PortableRun } from './campaign-run';

/** What a file holds beside the definitions, in the order it is written in. */
export const parts = [
	...(['contacts', 'events', 'suppressions', 'changes', 'moves'] as const),
	...(['runs', 'recipients'] as const)
] as const;
export type Part = (typeof parts)[number];

/** What each line of a part is called where every line says what it is. */
export const lineKeys = {
	contacts: 'contact',
	events: 'event',
	suppressions: 'suppression',
	changes: 'change',
	moves: 'move',
	runs: 'run',
	recipients: 'recipient'
} as const satisfies Record<Part, string>;

export interface Portables {
	readonly contacts: PortableContact;
	readonly events: PortableEvent;
	readonly suppressions: PortableSuppression;
	readonly changes: PortableChange;
	readonly moves: PortableMove;
	/** Audiences that were frozen, with those in them. */
	readonly runs: PortableRun;
	readonly recipients: PortableRecipient;
}

export const portableSchemas: { readonly [P in Part]: z.ZodMiniType<Portables[P]> } = {
	contacts: PortableContact,
	events: PortableEvent,
	suppressions: PortableSuppression,
	changes: PortableChange,
	moves: PortableMove,
	runs: PortableRun,
	recipients: PortableRecipient
};

/** Some of a part, in its order. */
export type Batch = { readonly [P in Part]: { part: P; values: readonly Portables[P][] } }[Part];

export type Counts = Readonly<Record<Part, number>>;

export const countsOf = (count: (part: Part) => number): Counts => ({
	contacts: count('contacts'),
	events: count('events'),
	suppressions: count('suppressions'),
	changes: count('changes'),
	moves: count('moves'),
	runs: count('runs'),
	recipients: count('recipients')
});
