import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import readExcel from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { defaultFormat, type Cell, type ExportFormat, type FileKind } from '$lib/exports/format';
import { openTable, type Piece } from '$lib/exports/run-table';
import type { TableColumn } from '$lib/exports/table';

const columns: readonly TableColumn[] = [
	{ header: 'Name', type: 'text' },
	{ header: 'Points', type: 'number' },
	{ header: 'Fan', type: 'boolean' },
	{ header: 'Birthday', type: 'date' },
	{ header: 'Seen', type: 'instant' },
	{ header: 'Topics', type: 'list' },
	{ header: 'Profile', type: 'json' }
];
const rows: readonly (readonly Cell[])[] = [
	[
		...['=HYPERLINK("http://x.example")', -5.25, true, '1990-02-28'],
		...['2025-07-01T08:30:00.000Z', ['Art, old', 'Wine'], '{"city":"Bern","pets":["Rex"]}']
	],
	['<b>&amp;</b> "ä🙂" \n two', 0, false, '2026-12-31', '2025-01-01T00:00:00+01:00', [], null],
	[null, null, null, null, null, null, null],
	['007', 1e15, null, '1850-01-01', 'some day', ['x'], 'plain']
];

async function written(kind: FileKind, of = rows, zone = 'Europe/Zurich') {
	const pieces: Piece[] = [];
	const format: ExportFormat = { ...defaultFormat, kind };
	const table = await openTable(format, columns, zone, (piece) => void pieces.push(piece));
	// In two goes, as the worker does.
	table.add(of.slice(0, 2));
	table.add(of.slice(2));
	table.end();
	const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
	return { bytes, text: new TextDecoder().decode(bytes), altered: table.altered };
}

describe('JSON', () => {
	const expected = [
		{
			...{ Name: rows[0]![0], Points: -5.25, Fan: true, Birthday: '1990-02-28' },
			...{ Seen: '2025-07-01T08:30:00.000Z', Topics: ['Art, old', 'Wine'] },
			Profile: { city: 'Bern', pets: ['Rex'] }
		},
		{
			...{ Name: rows[1]![0], Points: 0, Fan: false, Birthday: '2026-12-31' },
			...{ Seen: '2025-01-01T00:00:00+01:00', Topics: [], Profile: null }
		},
		{
			...{ Name: null, Points: null, Fan: null, Birthday: null },
			...{ Seen: null, Topics: null, Profile: null }
		},
		{
			...{ Name: '007', Points: 1e15, Fan: null, Birthday: '1850-01-01' },
			...{ Seen: 'some day', Topics: ['x'], Profile: 'plain' }
		}
	];

	it('is one list of objects with their types', async () => {
		expect(JSON.parse((await written('json')).text)).toEqual(expected);
		expect(JSON.parse((await written('json', [])).text)).toEqual([]);
	});

	it('is one object a line as NDJSON', async () => {
		const { text } = await written('ndjson');
		const lines = text.split('\n');
		expect(lines.pop()).toBe('');
		expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(expected);
	});
});

describe('a workbook', () => {
	const read = async (bytes: Uint8Array) => {
		const [sheet] = await readExcel(Buffer.from(bytes));
		return sheet!.data;
	};

	it('opens elsewhere with the types it was given, and no formula', async () => {
		const { bytes, altered } = await written('xlsx');
		const [header, first, second, , fourth] = await read(bytes);
		expect(header).toEqual(columns.map(({ header }) => header));
		expect(first).toEqual([
			...['=HYPERLINK("http://x.example")', -5.25, true, new Date('1990-02-28T00:00:00Z')],
			// Summer time: a sheet has the time of the zone and knows no zone.
			...[new Date('2025-07-01T10:30:00Z'), 'Art, old; Wine', '{"city":"Bern","pets":["Rex"]}']
		]);
		expect(second).toEqual([
			...[rows[1]![0], 0, false, new Date('2026-12-31T00:00:00Z')],
			...[new Date('2025-01-01T00:00:00Z'), null, null]
		]);
		// What a sheet has no date for is text.
		expect(fourth).toEqual(['007', 1e15, null, '1850-01-01', 'some day', 'x', 'plain']);
		expect(altered).toBe(0);
	});

	it('cuts text that no cell has room for, and says so', async () => {
		const long = 'x'.repeat(40_000);
		const { bytes, altered } = await written('xlsx', [[long, 1, null, null, null, null, null]]);
		expect((await read(bytes))[1]![0]).toBe('x'.repeat(32_767));
		expect(altered).toBe(1);
	});

	it('keeps signs that XML has none for', async () => {
		const odd = 'a\u0001b_x0041_\rc';
		const [, row] = await read((await written('xlsx', [[odd, ...blank]])).bytes);
		expect(row![0]).toBe(odd);
	});
});

const blank: readonly Cell[] = [null, null, null, null, null, null];

describe('a Parquet file', () => {
	const read = ({ buffer }: Uint8Array) => parquetReadObjects({ file: buffer as ArrayBuffer });

	it('opens elsewhere with the types it was given', async () => {
		const { bytes, altered } = await written('parquet');
		const [first, second, third, fourth] = await read(bytes);
		expect(first).toEqual({
			...{ Name: rows[0]![0], Points: -5.25, Fan: true, Birthday: new Date('1990-02-28') },
			...{ Seen: new Date('2025-07-01T08:30:00Z'), Topics: ['Art, old', 'Wine'] },
			Profile: '{"city":"Bern","pets":["Rex"]}'
		});
		expect(second).toMatchObject({ Topics: [], Seen: new Date('2024-12-31T23:00:00Z') });
		expect(Object.values(third!).every((value) => value == null)).toBe(true);
		expect(fourth).toMatchObject({ Name: '007', Birthday: new Date('1850-01-01') });
		// A time that is none.
		expect(fourth!.Seen).toBeNull();
		expect(altered).toBe(1);
	});

	it('is packed in groups, none of which is kept in memory', async () => {
		const many = Array.from({ length: 60_000 }, (_, i): Cell[] => [`n${i}`, i, ...blank.slice(1)]);
		const { bytes } = await written('parquet', many);
		const { row_groups, num_rows } = parquetMetadata(bytes.buffer as ArrayBuffer);
		expect([Number(num_rows), row_groups.length > 1]).toEqual([60_000, true]);
		const last = await parquetReadObjects({
			file: bytes.buffer as ArrayBuffer,
			rowStart: 59_999,
			rowEnd: 60_000
		});
		expect(last).toMatchObject([{ Name: 'n59999', Points: 59_999 }]);
	});
});
