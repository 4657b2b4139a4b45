import { eventsOf, peopleOf, typeIds, type DataSize } from '../data';
import { moment } from './moment';

/**
 * The tables of the engines that are not Winnow, made for the questions asked: instants in seconds, money in hundredths,
 * what else people have as JSON. Winnow has its own schema.
 */
export type Dialect = 'duckdb' | 'sqlite' | 'postgres';

export const typeNo = {
	email_sent: 1,
	email_opened: 2,
	email_clicked: 3,
	page_viewed: 4,
	cart_added: 5,
	order_placed: 6
} as const;

const texts = 'email first_name last_name phone country city postcode language consent'.split(' ');

/** Columns with their types. Where the two words differ, the second is what Postgres calls it. */
const columns = {
	contact: [
		'cno int',
		...texts.map((name) => `${name} text`),
		'created int',
		'birthday text',
		'properties text'
	],
	contact_tag: ['tag text', 'cno int'],
	list_member: ['list text', 'cno int'],
	event: ['type smallint', 'happened int', 'cno int', 'value int']
} as const;
export type TableName = keyof typeof columns;
export const tableNames = Object.keys(columns) as readonly TableName[];

export const createSql = (table: TableName, dialect: Dialect): string => {
	const list = columns[table].join(', ');
	return `create table ${table} (${dialect === 'postgres' ? list.replace('properties text', 'properties jsonb') : list})`;
};

export const columnsOf = (table: TableName): readonly string[] =>
	columns[table].map((column) => column.split(' ')[0]!);

/** DuckDB answers by reading columns; an index would only be in its way. */
export const indexes: Readonly<Record<Dialect, readonly string[]>> = {
	duckdb: [],
	sqlite: [
		'create index contact_country on contact (country)',
		'create index contact_tag_set on contact_tag (tag, cno)',
		'create index list_member_set on list_member (list, cno)',
		'create index event_set on event (type, happened, cno, value)'
	],
	postgres: [
		'create index contact_country on contact (country)',
		'create index contact_tag_set on contact_tag (tag, cno)',
		'create index list_member_set on list_member (list, cno)',
		'create index event_set on event (type, happened, cno) include (value)'
	]
};

/** DuckDB-WASM has to fetch its JSON functions from the network; it reads the text instead. */
export const pointsSql: Readonly<Record<Dialect, string>> = {
	duckdb: `regexp_extract(properties, '"points":([0-9]+)', 1)::int`,
	sqlite: `json_extract(properties, '$.points')`,
	postgres: `(properties ->> 'points')::int`
};

export type Value = string | number | null;

/** All rows of all tables, people first. */
export function* rowsOf(
	size: DataSize
): Generator<{ readonly table: TableName; readonly values: readonly Value[] }> {
	let cno = 0;
	for (const one of peopleOf(size, moment.now)) {
		const { email, firstName, lastName, phone, country, city, postcode, language } = one;
		const properties = JSON.stringify({ plan: one.plan, points: one.points });
		yield {
			table: 'contact',
			values: [
				...[cno, email, firstName, lastName, phone, country, city, postcode, language],
				...[one.consent, Date.parse(one.createdAt) / 1000, one.birthday || null, properties]
			]
		};
		for (const tag of one.tags) yield { table: 'contact_tag', values: [tag, cno] };
		for (const list of one.lists) yield { table: 'list_member', values: [list, cno] };
		cno++;
	}
	for (const { name, at, person, total } of eventsOf(size, moment.now))
		yield {
			table: 'event',
			values: [
				...[typeNo[typeIds[name]], Date.parse(at) / 1000, person],
				total ? Math.round(Number(total) * 100) : null
			]
		};
}

/** The rows as CSV without a header, in pieces of a few megabytes of one table each. */
export function* piecesOf(
	size: DataSize
): Generator<{ readonly table: TableName; readonly text: string }> {
	const pieces = new Map<TableName, string>();
	for (const { table, values } of rowsOf(size)) {
		const text = `${pieces.get(table) ?? ''}${values.map(cell).join(',')}\n`;
		pieces.set(table, text);
		if (text.length < 8e6) continue;
		yield { table, text };
		pieces.delete(table);
	}
	for (const [table, text] of pieces) yield { table, text };
}

const cell = (value: Value): string => {
	const text = String(value ?? '');
	return text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text;
};
