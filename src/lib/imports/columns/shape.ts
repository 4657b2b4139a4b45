import type { FieldType } from '$lib/fields/field';
import { readJson } from '$lib/fields/json-text';
import { booleanOf } from '../values/boolean';
import { isDate, orderOf } from '../values/date';
import { separatorOf } from '../values/list';
import { decimalOf, numberOf } from '../values/number';
import { plainStyle, type Style } from '../values/style';
import { emailOf, urlOf } from '../values/text';

/** What the values of a column look like. */
export interface Shape {
	readonly type: FieldType;
	readonly style: Style;
}

/** From cells that are trimmed and not blank. `order` is how the product writes dates, where that is known. */
export function shapeOf(values: readonly string[], order?: 'day' | 'month'): Shape {
	const style = styleOf(values, order);
	const mostly = (share: number, test: (value: string) => boolean) =>
		values.length > 0 && values.filter(test).length >= values.length * share;
	const type = (): FieldType => {
		if (mostly(0.8, (value) => emailOf(value) !== undefined)) return 'email';
		if (mostly(0.9, (value) => /^[[{]/.test(value) && readJson(value).ok)) return 'json';
		if (mostly(0.9, (value) => /^(https?:\/\/|www\.)/i.test(value) && urlOf(value) !== undefined))
			return 'url';
		if (mostly(0.9, (value) => isDate(value, style.order)))
			return values.some((value) => /\d:\d\d/.test(value)) ? 'datetime' : 'date';
		if (mostly(0.97, (value) => isAmount(value, style.decimal))) return 'number';
		if (mostly(1, (value) => booleanOf(value) !== undefined)) return 'boolean';
		return 'text';
	};
	return { type: type(), style };
}

/**
 * A number to reckon with. What has a zero in front, whole digits right behind three letters (`PEN123`, though that could
 * be money), or too many digits is more likely a code.
 */
const isAmount = (value: string, decimal: Style['decimal']): boolean =>
	!/^\D*0\d|^[A-Z]{3}\d+$/.test(value) &&
	value.replaceAll(/\D/g, '').length < 15 &&
	numberOf(value, decimal) !== undefined;

function styleOf(values: readonly string[], order?: 'day' | 'month'): Style {
	const found = orderOf(values);
	return {
		order: found.sure ? found.order : (order ?? null),
		ask: !found.sure && order === undefined,
		decimal: decimalOf(values) ?? plainStyle.decimal,
		separator: separatorOf(values)
	};
}
