import { familyOf, type Fields } from '$lib/fields/field';
import { textKey } from '$lib/text-key';
import type { Definitions } from '../../definitions';
import type { Choice } from '../kind';

/** What the picker offers of places: what the standard fields hold, and a distance where there are coordinates. */
export function placeChoices({ fields }: Definitions): readonly Choice[] {
	const coordinates = coordinateFields(fields);
	return [
		{
			label: 'Lives in the European Union',
			group: 'Fields',
			aliases: ['EU', 'place', 'location', 'Europe'],
			condition: { kind: 'place', in: true, test: { operator: 'eu' } }
		},
		...(['country', 'region', 'city'] as const).map((operator) => ({
			label: `Lives in a ${operator}`,
			group: 'Fields' as const,
			aliases: ['place', 'location', 'geo'],
			condition: { kind: 'place', in: true, test: { operator, values: [] } }
		})),
		{
			label: 'Lives in a postcode area',
			group: 'Fields',
			aliases: ['place', 'location', 'zip code', 'postal code'],
			condition: { kind: 'place', in: true, test: { operator: 'postcode', values: [] } }
		},
		...(coordinates
			? [
					{
						label: 'Lives near a point',
						group: 'Fields' as const,
						aliases: ['within', 'radius', 'distance', 'place', 'location', 'geo'],
						condition: {
							kind: 'place',
							in: true,
							test: { operator: 'within', km: 25, fields: coordinates }
						}
					}
				]
			: [])
	];
}

const called = {
	latitude: /^(lat|latitude|breite(ngrad)?|breddegrad|latitud|latitudine)$/,
	longitude: /^(lon|lng|long|longitude|länge(ngrad)?|lengdegrad|longitud|longitudine)$/
};

/** The number fields that are called like coordinates. Contacts have none of their own: they come with imports. */
export function coordinateFields(
	fields: Fields
): { readonly latitude: string; readonly longitude: string } | undefined {
	const find = (name: RegExp) =>
		[...fields.values()].find(
			(field) => familyOf(field.type) === 'number' && name.test(textKey(field.name))
		)?.id;
	const latitude = find(called.latitude);
	const longitude = find(called.longitude);
	return latitude !== undefined && longitude !== undefined ? { latitude, longitude } : undefined;
}
