import * as z from 'zod/mini';
import { familyOf } from '$lib/fields/field';
import { sayValue } from '$lib/fields/say';
import { unreachable } from '$lib/result';
import type { Definitions } from '../../definitions';
import { Texts } from '../../operators/operand';
import { listed, name, value, type Phrase } from '../../phrase';
import { defineKind, type Compiled } from '../kind';
import { placeChoices } from './choices';
import { livesIn, livesInSql } from './lives-in';

const Degrees = (most: number) =>
	z
		.number({ error: 'Type where the middle is.' })
		.check(
			z.gte(-most, { error: `Degrees go from −${most} to ${most}.` }),
			z.lte(most, { error: `Degrees go from −${most} to ${most}.` })
		);
const FieldId = z.string().check(z.minLength(1, { error: 'Choose the fields with coordinates.' }));

const PlaceTest = z.discriminatedUnion('operator', [
	z.object({ operator: z.enum(['country', 'region', 'city', 'postcode']), values: Texts }),
	z.object({ operator: z.literal('eu') }),
	z.object({
		operator: z.literal('within'),
		km: z
			.number({ error: 'Type how far.' })
			.check(z.gt(0, { error: 'Type a distance above 0.' }), z.lte(20_040)),
		of: z.object({ latitude: Degrees(90), longitude: Degrees(180) }),
		/** Ids of the number fields that hold the coordinates of contacts, in degrees. */
		fields: z.object({ latitude: FieldId, longitude: FieldId })
	})
]);
export type PlaceTest = z.infer<typeof PlaceTest>;

export const PlaceCondition = z.object({
	kind: z.literal('place'),
	in: z.boolean(),
	test: PlaceTest
});
export type PlaceCondition = z.infer<typeof PlaceCondition>;

export const placeOperators: Record<PlaceTest['operator'], string> = {
	country: 'the country',
	region: 'the region',
	city: 'the city',
	postcode: 'the postcode area',
	eu: 'the European Union',
	within: 'a distance'
};

export const place = defineKind<PlaceCondition, Compiled<PlaceCondition>>({
	kind: 'place',
	definition: 'Lives in a country, region, city, postcode area or the EU, or near a point.',
	sign: () => 'field',
	schema: PlaceCondition,
	reads: ['contact'],

	references: ({ test }) => fieldsOf(test).map((id) => ({ type: 'field', id })),

	problems({ test }, { fields }) {
		if (test.operator !== 'within') return [];
		return [...new Set(fieldsOf(test))].flatMap((id) => {
			const field = fields.get(id);
			return !field || familyOf(field.type) === 'number'
				? []
				: [`${field.name} is a ${field.type}; coordinates are numbers.`];
		});
	},

	compile: (condition) => ({ select: livesInSql(condition.test), negated: !condition.in }),
	holds: (condition, person) => livesIn(condition.test, person) === condition.in,

	explain: ({ in: inside, test }, definitions) => [
		inside ? 'lives ' : 'does not live ',
		...explainTest(test, definitions)
	],

	choices: placeChoices,
	opposite: (condition) => ({ ...condition, in: !condition.in })
});

/** Country, region, city and postcode are standard fields; coordinates are whichever number fields hold them. */
function fieldsOf(test: PlaceTest): readonly string[] {
	if (test.operator === 'within') return [test.fields.latitude, test.fields.longitude];
	return [test.operator === 'eu' ? 'country' : test.operator];
}

function explainTest(test: PlaceTest, { fields }: Definitions): Phrase {
	switch (test.operator) {
		case 'country':
		case 'region':
		case 'city': {
			const field = fields.get(test.operator);
			return [
				'in ',
				...listed(
					test.values.map((one) => sayValue(one, field)),
					'or'
				)
			];
		}
		case 'eu':
			return ['in ', value(placeOperators.eu)];
		case 'postcode':
			return ['where the postcode starts with ', ...listed(test.values, 'or')];
		case 'within': {
			const nameOf = (id: string) => name(fields.get(id)?.name ?? 'a deleted field');
			return [
				'within ',
				value(sayKm(test.km)),
				' of ',
				value(sayPoint(test.of)),
				' by ',
				nameOf(test.fields.latitude),
				' and ',
				nameOf(test.fields.longitude)
			];
		}
		default:
			return unreachable(test);
	}
}

export const sayKm = (km: number): string => `${sayValue(km, undefined)} km`;

/** "47.3769, 8.5417", as maps write it. */
export const sayPoint = ({
	latitude,
	longitude
}: {
	readonly latitude: number;
	readonly longitude: number;
}): string => `${latitude}, ${longitude}`;
