import type { Field } from '$lib/fields/field';
import { sayValue } from '$lib/fields/say';
import { unreachable } from '$lib/result';
import type { Definitions } from '../../definitions';
import { either, sayNumber } from '../../operators/german/words';
import { name, value, type Phrase } from '../../phrase';
import { deletedField } from '../field/german-words';
import type { InGerman } from '../german-kind';
import { sayPoint, type PlaceCondition, type PlaceTest } from './place';

/** "wohnt in der Schweiz oder in Österreich" */
export const place: InGerman<PlaceCondition> = ({ in: inside, test }, definitions) => {
	const places = placesOf(test, definitions);
	if (inside) return ['wohnt ', ...joined(places, 'oder ')];
	return places.length === 1
		? ['wohnt nicht ', ...joined(places, '')]
		: ['wohnt weder ', ...joined(places, 'noch ')];
};

const joined = (places: readonly Phrase[], word: string): Phrase =>
	places.flatMap((place, i): Phrase => (i === 0 ? place : [` ${word}`, ...place]));

/** Each as it stands after "wohnt". */
function placesOf(test: PlaceTest, { fields }: Definitions): readonly Phrase[] {
	switch (test.operator) {
		case 'country':
			return test.values.map((code) => inCountry(code, fields.get('country')));
		case 'region':
			return test.values.map((region) => ['in der Region ', value(region)]);
		case 'city':
			return test.values.map((city) => ['in ', value(city)]);
		case 'eu':
			return [['in ', value('der Europäischen Union')]];
		case 'postcode':
			return [['unter einer Postleitzahl, die mit ', ...either(test.values), ' beginnt']];
		case 'within': {
			const { latitude, longitude } = test.fields;
			const nameOf = (id: string) => name(fields.get(id)?.name ?? deletedField);
			return [
				[
					'im Umkreis von ',
					value(`${sayNumber(test.km)} km`),
					' um ',
					value(sayPoint(test.of)),
					...[' (nach ', nameOf(latitude), ' und ', nameOf(longitude), ')']
				]
			];
		}
		default:
			return unreachable(test);
	}
}

function inCountry(code: string, field: Field | undefined): Phrase {
	const said = sayValue(code, field, 'de');
	const [before, after = said] = withArticle[code.trim().toUpperCase()] ?? ['in '];
	return [before, value(after)];
}

/** Countries that are not just "in" their name. */
const withArticle: Readonly<Record<string, readonly [string, string?]>> = {
	AE: ['in den ', 'Vereinigten Arabischen Emiraten'],
	AX: ['auf den '],
	BQ: ['in den ', 'Karibischen Niederlanden'],
	BS: ['auf den '],
	CF: ['in der ', 'Zentralafrikanischen Republik'],
	CH: ['in der '],
	CK: ['auf den '],
	DO: ['in der ', 'Dominikanischen Republik'],
	EH: ['in der '],
	FK: ['auf den '],
	FO: ['auf den ', 'Färöern'],
	GB: ['im ', 'Vereinigten Königreich'],
	HK: ['in der '],
	IM: ['auf der '],
	IQ: ['im '],
	IR: ['im '],
	KM: ['auf den '],
	KY: ['auf den '],
	LB: ['im '],
	MH: ['auf den '],
	MN: ['in der '],
	MO: ['in der '],
	MV: ['auf den '],
	NE: ['im '],
	NL: ['in den ', 'Niederlanden'],
	PH: ['auf den '],
	PS: ['in den ', 'Palästinensischen Autonomiegebieten'],
	SB: ['auf den '],
	SC: ['auf den '],
	SD: ['im '],
	SK: ['in der '],
	SN: ['im '],
	TC: ['auf den '],
	TD: ['im '],
	TR: ['in der '],
	UA: ['in der '],
	US: ['in den ', 'Vereinigten Staaten'],
	VA: ['in der '],
	VG: ['auf den ', 'Britischen Jungferninseln'],
	VI: ['auf den ', 'Amerikanischen Jungferninseln'],
	XK: ['im '],
	YE: ['im ']
};
