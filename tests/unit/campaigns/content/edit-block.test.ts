import { expect, test } from 'vitest';
import { emptyText, type RichText } from '$lib/campaigns/content/block';
import {
	textOf,
	toDynamic,
	toText,
	withoutVariant,
	withText,
	withVariant,
	withVariantMoved
} from '$lib/campaigns/content/edit-block';
import { lineProblem } from '$lib/campaigns/content/line-problem';
import { typedHref } from '$lib/campaigns/content/typed-href';
import { standardFields, type Field } from '$lib/fields/field';

const said = (text: string): RichText => ({ type: 'doc', content: [{ type: 'text', text }] });

test('a block becomes dynamic without losing its text, and back', () => {
	const all = said('all');
	const dynamic = toDynamic({ type: 'text', text: all }, 'a');
	expect(dynamic).toEqual({ type: 'dynamic', variants: [{ id: 'a', text: all }], otherwise: all });
	expect(toText(withText(dynamic, 'otherwise', said('b')) as typeof dynamic)).toEqual({
		type: 'text',
		text: said('b')
	});
	expect(toText({ ...dynamic, otherwise: null })).toEqual({ type: 'text', text: all });
});

test('variants are added, moved and removed, and each has its own text', () => {
	const one = toDynamic({ type: 'text', text: said('x') }, 'a');
	const two = withVariant(one, { id: 'b', segment: 's', text: emptyText });
	const moved = withVariantMoved(two, 'b', -1);
	expect(moved.variants.map(({ id }) => id)).toEqual(['b', 'a']);
	expect(withVariantMoved(moved, 'b', -1)).toBe(moved);
	const changed = withText(moved, 'b', said('y'));
	expect([textOf(changed, 'b'), textOf(changed, 'a')]).toEqual([said('y'), said('x')]);
	expect(withoutVariant(moved, 'b').variants.map(({ id }) => id)).toEqual(['a']);
});

test('a text that comes too late for its place changes nothing', () => {
	const dynamic = toDynamic({ type: 'text', text: said('x') }, 'a');
	expect(withText(dynamic, 'gone', said('y'))).toEqual(dynamic);
	expect(withText(dynamic, 'text', said('y'))).toEqual(dynamic);
	const silent = { ...dynamic, otherwise: null };
	expect(withText(silent, 'otherwise', said('y'))).toEqual(silent);
	expect(withText(toText(dynamic), 'a', said('y'))).toEqual(toText(dynamic));
});

test('an address gets what people leave out of it', () => {
	expect(
		[
			' example.com/a',
			'a@example.com',
			'HTTP://x.y',
			'mailto:a@b.c',
			'{unsubscribe}',
			'',
			'/x'
		].map(typedHref)
	).toEqual([
		'https://example.com/a',
		'mailto:a@example.com',
		'HTTP://x.y',
		'mailto:a@b.c',
		'{unsubscribe}',
		'',
		'https://x'
	]);
});

test('a line says the first thing that is wrong with it', () => {
	const fields = new Map<string, Field>(standardFields.map((field) => [field.id, field]));
	expect(lineProblem('Hi {First name | "you"}, {{x}}', fields)).toBeUndefined();
	expect(lineProblem('Hi {gone} and {', fields)).toMatch(/^At “{”: A { is not closed/);
	expect(lineProblem('Hi {gone}', fields)).toMatch(/^There is no field “gone”/);
	expect(lineProblem('{unsubscribe}', fields)).toMatch(/is a link/);
});
