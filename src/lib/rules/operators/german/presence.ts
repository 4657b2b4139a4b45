import type { Family } from '$lib/fields/field';
import type { Phrase } from '../../phrase';
import { explainAs, type presence } from '../presence';
import type { GermanWords } from './operators';
import type { Predicate } from './predicate';

export const presenceInfo: Record<keyof typeof presence, GermanWords> = {
	hasValue: {
		label: 'hat einen Wert',
		definition: 'Es steht etwas darin. Leerer Text und leere Listen gelten als nichts.'
	},
	hasNoValue: {
		label: 'hat keinen Wert',
		definition: 'Nichts darin: nie ausgefüllt, leer oder nicht von der richtigen Art.'
	}
};

export const presenceWords: Record<keyof typeof presence, Predicate> = {
	hasValue: { verb: 'hat', rest: ['einen Wert'] },
	hasNoValue: { verb: 'hat', rest: ['keinen Wert'] }
};

const asFamily: Readonly<Record<Family, string>> = {
	text: 'Text',
	number: 'Zahl',
	boolean: 'Wahrheitswert',
	date: 'Datum',
	datetime: 'Zeitpunkt',
	select: 'Auswahl',
	multiselect: 'Liste',
	json: 'JSON'
};

/** " (als Zahl)", where English says it. */
export const sayAs = (comparison: Parameters<typeof explainAs>[0]): Phrase =>
	explainAs(comparison).length > 0 ? [` (als ${asFamily[comparison.of]})`] : [];
