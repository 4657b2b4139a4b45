import { familyOf, type Field, type Fields } from '$lib/fields/field';
import { sayValue } from '$lib/fields/say';
import { textKey } from '$lib/text-key';
import type { Found, Search } from '../../editing/editor';
import { operatorInfos } from '../../operators/families';
import type { ValueSource } from '../../editing/value-source';
import { startOf } from './field';

type FieldSource = ValueSource & { readonly of: 'field' };

/**
 * What fields have for the words in the picker: how full each is, while nothing is typed; "Country is Switzerland" for
 * a value; "City contains" for a field's name followed by an operator's, or by what others call it.
 */
export const searchFields: Search = async (words, { fields }, lookup) => {
	if (words.trim() === '') {
		const { everyone, filled } = await lookup.filled([...fields.keys()]);
		return [...fields.values()].map((field) => ({
			label: field.name,
			group: 'Fields' as const,
			condition: startOf(field),
			note: sayFilled(everyone === 0 ? 0 : (filled[field.id] ?? 0) / everyone)
		}));
	}
	const values = await lookup.search(words, [...fields.values()].flatMap(sourceOf));
	return [...operatorsNamed(words, fields), ...values.map((value) => foundValue(value, fields))];
};

const sayFilled = (share: number): string => {
	const percent = share * 100;
	const shown =
		percent > 0 && percent < 1
			? '< 1'
			: percent > 99 && percent < 100
				? '> 99'
				: Math.round(percent);
	return `${shown} % filled`;
};

/** Where values are worth looking for. Options are matched by their names, addresses and phones only as a whole. */
function sourceOf({ id, type, format }: Field): readonly FieldSource[] {
	if (type !== 'text' && type !== 'select' && type !== 'multiselect') return [];
	return [{ of: 'field', field: id, family: type, ...(format ? { format } : {}) }];
}

function foundValue(
	{ field: id, value, count }: { field: string; value: string | number; count: number },
	fields: Fields
): Found {
	const field = fields.get(id);
	const start = startOf({ id, type: field?.type ?? 'text' });
	const word = start.of === 'multiselect' ? 'includes' : 'is';
	return {
		label: `${field?.name} ${word} ${sayValue(value, field)}`,
		group: 'Fields',
		condition: { ...start, test: { ...start.test, values: [value] } },
		count
	};
}

function operatorsNamed(words: string, fields: Fields): readonly Found[] {
	const typed = textKey(words);
	return [...fields.values()]
		.filter(({ name }) => typed.startsWith(`${textKey(name)} `))
		.flatMap((field) => {
			const rest = typed.slice(textKey(field.name).length + 1).trim();
			const family = familyOf(field.type);
			return operatorInfos(family, field.type)
				.filter(([, { label, aliases = [] }]) =>
					[label, ...aliases].some((name) => textKey(name).startsWith(rest))
				)
				.map(([operator, { label }]) => ({
					label: `${field.name} ${label}`,
					group: 'Fields' as const,
					condition: { ...startOf(field), test: { operator } }
				}));
		});
}
