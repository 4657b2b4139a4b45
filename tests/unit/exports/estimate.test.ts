import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { estimatedSize } from '$lib/exports/estimate';
import { defaultFormat, type Cell } from '$lib/exports/format';
import { openTable } from '$lib/exports/run-table';
import type { TableColumn } from '$lib/exports/table';

const columns: readonly TableColumn[] = [
	{ header: 'Email', type: 'text' },
	{ header: 'Points', type: 'number' },
	{ header: 'Hash', type: 'text' }
];
const rows = Array.from({ length: 5_000 }, (_, i): Cell[] => {
	const email = `person.${i}@example${i % 97}.com`;
	return [email, i % 1000, createHash('sha256').update(email).digest('hex')];
});

it.each(['delimited', 'xlsx', 'json', 'ndjson', 'parquet'] as const)(
	'the size of a file of the kind %s is told to a third from some of its rows',
	async (kind) => {
		const format = { ...defaultFormat, kind };
		let bytes = 0;
		const table = await openTable(format, columns, 'UTC', (piece) => {
			bytes += Buffer.byteLength(piece);
		});
		table.add(rows);
		table.end();
		const told = estimatedSize(format, columns, rows.slice(0, 50), rows.length);
		expect(told / bytes).toBeGreaterThan(0.67);
		expect(told / bytes).toBeLessThan(1.5);
	}
);
