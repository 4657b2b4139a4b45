import type { StandardFieldId } from '$lib/fields/field';
import { comparable } from '$lib/fields/value';
import { unreachable } from '$lib/result';
import { join, sql, type Sql } from '$lib/sql';
import { textKey } from '$lib/text-key';
import type { Person } from '../../person';
import { fieldSql } from '../../stored';
import { isWithin, withinSql } from './distance';
import { euCountries } from './eu';
import type { PlaceTest } from './place';

const standard = (id: StandardFieldId): Sql => fieldSql(id, 'text');

/** The numbers of those who live there. */
export function livesInSql(test: PlaceTest): Sql {
	switch (test.operator) {
		case 'country':
		case 'region':
		case 'city':
			return sql`select cno from contact where ${standard(test.operator)} = any(${test.values.map(textKey)}::text[])`;
		case 'eu':
			return sql`select cno from contact where ${standard('country')} = any(${euCountries.map(textKey)}::text[])`;
		case 'postcode': {
			const each = test.values.map(
				(prefix) => sql`starts_with(${standard('postcode')}, ${textKey(prefix)})`
			);
			return sql`select cno from contact where ${join(each, sql` or `)}`;
		}
		case 'within': {
			const { latitude, longitude } = test.fields;
			const coordinates = {
				latitude: fieldSql(latitude, 'number'),
				longitude: fieldSql(longitude, 'number')
			};
			return withinSql(sql`contact`, coordinates, test.of, test.km);
		}
		default:
			return unreachable(test);
	}
}

/** Whether somebody does. */
export function livesIn(test: PlaceTest, { fields }: Person): boolean {
	const text = (id: StandardFieldId) => comparable(fields[id], 'text');
	switch (test.operator) {
		case 'country':
		case 'region':
		case 'city':
			return test.values.some((one) => textKey(one) === text(test.operator));
		case 'eu':
			return euCountries.some((code) => textKey(code) === text('country'));
		case 'postcode': {
			const postcode = text('postcode');
			return (
				postcode !== undefined &&
				test.values.some((prefix) => String(postcode).startsWith(textKey(prefix)))
			);
		}
		case 'within': {
			const latitude = comparable(fields[test.fields.latitude], 'number');
			const longitude = comparable(fields[test.fields.longitude], 'number');
			if (latitude === undefined || longitude === undefined) return false;
			const point = { latitude: Number(latitude), longitude: Number(longitude) };
			return isWithin(point, test.of, test.km);
		}
		default:
			return unreachable(test);
	}
}
