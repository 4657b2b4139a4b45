import { expect, test } from 'vitest';
import { canEdit, entryOf, readEntry, withProvenance, type Entry } from '$lib/contacts/entry';
import { sayField } from '$lib/contacts/say-value';
import { standardFields, type Field } from '$lib/fields/field';
import type { FieldValue } from '$lib/fields/value';

const zone = 'Europe/Zurich';
const field = (type: Field['type'], more: Partial<Field> = {}): Field => ({
	...{ id: 'f', name: 'F', type },
	...more
});
const plans = [
	{ id: 'gold', name: 'Gold plan' },
	{ id: 'free', name: 'Free' }
];
const read = (entry: Entry, of: Field) => {
	const value = readEntry(entry, of, zone);
	return value.ok ? value.value : `refused: ${value.error}`;
};

test('what is entered is read by the type of the field', () => {
	expect(read('  Zürich ', field('text'))).toBe('Zürich');
	expect(read(' ada@example.com ', field('email'))).toBe('ada@example.com');
	expect(read("1'234,5", field('number'))).toBe(1234.5);
	expect(read('true', field('boolean'))).toBe(true);
	expect(read('2024-02-29', field('date'))).toBe('2024-02-29');
	expect(read('2024-07-01T14:02', field('datetime'))).toBe('2024-07-01T12:02:00.000Z');
	expect(read('gold', field('select', { options: plans }))).toBe('gold');
	expect(read(['gold', 'free'], field('multiselect'))).toEqual(['gold', 'free']);
	expect(read('+41 44 668 18 00', field('phone'))).toBe('+41 44 668 18 00');
	expect(read('example.com/a', field('url'))).toBe('example.com/a');
});

test('JSON is an object or a list that can be kept, or it is said why not', () => {
	const json = field('json');
	expect(read('{"a": [1, {"b": null}]}', json)).toEqual({ a: [1, { b: null }] });
	expect(read('[]', json)).toEqual([]);
	expect(read('{"a": 1', json)).toMatch(/^refused: This is not JSON: .+position 7/);
	expect(read('12', json)).toMatch(/^refused: Write an object/);
	expect(read('{"__proto__": {"a": 1}}', json)).toMatch(/^refused: It has a key/);
	expect(read('[1e999]', json)).toMatch(/^refused: It has a number/);
	expect(read(String.raw`["\u0000"]`, json)).toMatch(/^refused: It has a character/);
	expect(read(String.raw`["\ud800"]`, json)).toMatch(/^refused: It has a character/);
	expect(read(String.raw`["\\u0000 \ud83d\ude00"]`, json)).toEqual([String.raw`\u0000 😀`]);
	expect(read('[[[[[[[[[1]]]]]]]]]', json)).toMatch(/^refused: It is too deep/);
	expect(read(JSON.stringify(['a'.repeat(40_000)]), json)).toMatch(/^refused: It is too large/);
	expect(sayField({ a: [1] }, json, zone)).toBe('{"a":[1]}');
	expect(sayField(['a', 'b'], json, zone)).toBe('["a","b"]');
	// A value of a field that was of JSON before is shown all the same.
	expect(sayField({ a: [1] }, field('text'), zone)).toBe('{"a":[1]}');
});

test('countries and languages are kept as codes, also where they are entered by name', () => {
	expect(read('Switzerland', field('text', { format: 'country' }))).toBe('CH');
	expect(read('schweiz', field('text', { format: 'country' }))).toBe('CH');
	expect(read('Atlantis', field('text', { format: 'country' }))).toBe('Atlantis');
	expect(read('German', field('text', { format: 'language' }))).toBe('de');
});

test('nothing entered empties every type of field', () => {
	for (const type of ['text', 'email', 'number', 'boolean', 'date', 'datetime', 'select'] as const)
		expect(read('  ', field(type)), type).toBeNull();
	expect(read([], field('multiselect'))).toBeNull();
});

test('what does not read is refused in a sentence that says what it was', () => {
	expect(read('ada@', field('email'))).toBe(
		'refused: “ada@” is not an email address, such as name@example.com.'
	);
	expect(read('two@at@example.com', field('email'))).toContain('refused');
	expect(read('twelve', field('number'))).toBe('refused: “twelve” is not a number.');
	expect(read('2023-02-29', field('date'))).toBe('refused: There is no such day.');
	expect(read('none', field('phone'))).toContain('refused');
	expect(read('no address', field('url'))).toContain('refused');
});

test('a value goes into its control and comes back the same', () => {
	const values: [FieldValue, Field][] = [
		['Zürich', field('text')],
		[-3.5, field('number')],
		[false, field('boolean')],
		['2024-02-29', field('date')],
		['2024-07-01T12:02:00.000Z', field('datetime')],
		['gold', field('select', { options: plans })],
		[['gold'], field('multiselect', { options: plans })],
		[{ a: [1, 'x'] }, field('json')]
	];
	for (const [value, of] of values) expect(read(entryOf(value, of, zone), of)).toEqual(value);
	expect(entryOf(undefined, field('date'), zone)).toBe('');
	expect(entryOf(undefined, field('multiselect'), zone)).toEqual([]);
});

test('a value written otherwise than its choice is that choice all the same', () => {
	const plan = field('select', { options: plans });
	expect(entryOf(' GOLD ', plan, zone)).toBe('gold');
	expect(sayField(' GOLD ', plan, zone)).toBe('Gold plan');
	expect(sayField('silver', plan, zone)).toBe('silver');
});

test('dates and times are said in the workspace’s calendar', () => {
	expect(sayField('2024-12-31T23:30:00.000Z', field('datetime'), zone)).toBe('1 Jan 2025, 00:30');
	expect(sayField('2024-12-31T23:30:00.000Z', field('datetime'), zone, true)).toBe('1 Jan 2025');
	expect(sayField('1990-06-15', field('date'), zone)).toBe('15 Jun 1990');
	expect(sayField('--02-29', field('date'), zone)).toBe('29 Feb');
	expect(sayField('June', field('date'), zone)).toBe('June');
	expect(sayField(undefined, field('date'), zone)).toBe('');
});

test('consent set by hand is dated and says where it comes from; taken away, all three go', () => {
	const fields = new Map(standardFields.map((field) => [field.id as string, field as Field]));
	const consent = fields.get('email_consent')!;
	const city = fields.get('city')!;
	const changes = (value: FieldValue | null) =>
		withProvenance(
			[
				{ field: consent, value },
				{ field: city, value: 'Bern' }
			],
			fields,
			0
		).map(({ field, value }) => [field.id, value]);
	expect(changes('subscribed')).toEqual([
		['email_consent', 'subscribed'],
		['email_consent_at', '1970-01-01T00:00:00.000Z'],
		['email_consent_source', 'Entered by hand'],
		['city', 'Bern']
	]);
	expect(changes(null)).toEqual([
		['email_consent', null],
		['email_consent_at', null],
		['email_consent_source', null],
		['city', 'Bern']
	]);
});

test('what the app itself keeps is not edited', () => {
	expect(standardFields.filter((field) => !canEdit(field)).map(({ id }) => id)).toEqual([
		'created_at',
		'updated_at'
	]);
});
