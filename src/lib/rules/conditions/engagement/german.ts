import { sayValue } from '$lib/fields/say';
import { predicateOf } from '../../operators/german/families';
import { main } from '../../operators/german/predicate';
import { sayWindow } from '../../operators/german/window';
import { sayNumber } from '../../operators/german/words';
import { value, type Phrase } from '../../phrase';
import { sayLastSends } from '../event/german-words';
import type { InGerman } from '../german-kind';
import { sayQuintiles, type EngagementCondition, type TopCondition } from './engagement';
import { scores, type Score } from './buyers';

/** "Öffnungsrate der letzten 10 gesendeten E-Mails beträgt mindestens 20 %" */
export const engagement: InGerman<EngagementCondition> = (condition) => {
	if (condition.measure === 'rfm') {
		const given = scores.flatMap((score): Phrase[] => {
			const quintiles = condition[score];
			const said = quintiles && sayQuintiles(quintiles).replaceAll(' or ', ' oder ');
			return said ? [[`${scoreNames[score]} `, value(said)]] : [];
		});
		return [
			condition.is ? 'ist in der Käufergruppe mit ' : 'ist nicht in der Käufergruppe mit ',
			...given.flatMap((part, i): Phrase => (i === 0 ? part : [' und ', ...part]))
		];
	}
	if (condition.measure === 'top') {
		const { is, of, percent, window } = condition;
		return [
			is ? 'gehört ' : 'gehört nicht ',
			'zu den besten ',
			value(`${sayNumber(percent)} %`),
			' der Käufer nach ',
			value(topMeasures[of]),
			...(window ? [' (Bestellungen ', ...sayWindow(window), ')'] : [])
		];
	}
	const { measure, sends, excludeMachines, test } = condition;
	const say = { value: (n: string | number) => `${sayValue(n, undefined, 'de')} %`, field: String };
	return [
		measure === 'openRate' ? 'Öffnungsrate der ' : 'Klickrate der ',
		sayLastSends(sends),
		...(excludeMachines ? [' (Maschinen nicht mitgezählt)'] : []),
		' ',
		...main(predicateOf({ of: 'number', test }, say))
	];
};

const topMeasures: Readonly<Record<TopCondition['of'], string>> = {
	spend: 'Umsatz',
	orders: 'Anzahl Bestellungen'
};

const scoreNames: Readonly<Record<Score, string>> = {
	recency: 'Aktualität',
	frequency: 'Häufigkeit',
	monetary: 'Umsatz'
};
