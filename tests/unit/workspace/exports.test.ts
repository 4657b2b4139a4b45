import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { ExportDefinition } from '$lib/exports/columns';
import { defaultFormat } from '$lib/exports/format';
import type { Manifest } from '$lib/exports/manifest';
import {
	notePastExport,
	putExportTemplate,
	removeExport,
	renameExportTemplate
} from '$lib/workspace/edit-exports';
import { readExportTemplates, readPastExports } from '$lib/workspace/exports';
import { makeGesture, type Edit } from '$lib/workspace/gesture';
import { registersOf } from '$lib/workspace/registers';

const definition: ExportDefinition = {
	columns: [{ id: 'e', source: 'field', field: 'email', as: 'md5', header: 'em' }],
	format: { ...defaultFormat, kind: 'ndjson' }
};
const manifest: Manifest = {
	...{ format: 'winnow-export', version: 1 },
	file: { name: 'a.ndjson', format: 'NDJSON', bytes: 3, sha256: 'ff' },
	segment: { name: 'A' },
	people: { members: 2, rows: 1, leftOut: 1 },
	...{ now: '2026-01-15T10:00:00.000Z', zone: 'UTC', columns: [], altered: 0 },
	rule: { sentence: 'Everyone.', json: { type: 'condition' } },
	app: 'Winnow 1'
};

function edited(doc: Y.Doc, at: number, work: (edit: Edit) => void) {
	const made = makeGesture(doc, 'Test', { at, by: 'ada' }, work);
	expect(made.ok).toBe(true);
}

describe('templates', () => {
	it('are there by name until they are deleted', () => {
		const doc = new Y.Doc();
		edited(doc, 1, (edit) => putExportTemplate(edit, 'b', 'Beta', definition));
		edited(doc, 2, (edit) => putExportTemplate(edit, 'a', 'Zeta', definition));
		edited(doc, 3, (edit) => renameExportTemplate(edit, 'a', 'Alpha'));
		expect(readExportTemplates(registersOf(doc))).toEqual([
			{ id: 'a', name: 'Alpha', definition },
			{ id: 'b', name: 'Beta', definition }
		]);
		edited(doc, 4, (edit) => removeExport(edit, 'a'));
		edited(doc, 5, (edit) => renameExportTemplate(edit, 'a', 'Back'));
		expect(readExportTemplates(registersOf(doc)).map(({ id }) => id)).toEqual(['b']);
		expect(doc.getMap('exports').size).toBe(2);
	});

	it('that nobody can read are left out, and kept', () => {
		const doc = new Y.Doc();
		edited(doc, 1, (edit) => putExportTemplate(edit, 'a', 'A', definition));
		doc.getMap('exports').set('b/name', 'B');
		doc.getMap('exports').set('b/definition', { columns: 'all' });
		expect(readExportTemplates(registersOf(doc)).map(({ id }) => id)).toEqual(['a']);
		expect(doc.getMap('exports').get('b/name')).toBe('B');
	});
});

describe('files that were written', () => {
	const past = { segment: 's', definition, manifest };

	it('are listed newest first with who wrote them; the oldest are let go', () => {
		const doc = new Y.Doc();
		edited(doc, 1, (edit) => putExportTemplate(edit, 'kept', 'Kept', definition));
		for (let i = 0; i < 52; i++) edited(doc, i, (edit) => notePastExport(edit, `e${i}`, past));
		const listed = readPastExports(registersOf(doc));
		expect(listed).toHaveLength(50);
		expect(listed[0]).toEqual({ id: 'e51', at: 51, by: 'ada', ...past });
		expect(listed.at(-1)!.id).toBe('e2');
		expect(readExportTemplates(registersOf(doc))).toHaveLength(1);
	});

	it('are listed without a rule that is too large to be kept', () => {
		const doc = new Y.Doc();
		const rule = { sentence: 'Many.', json: 'x'.repeat(2 ** 20) };
		edited(doc, 1, (edit) =>
			notePastExport(edit, 'e', { ...past, manifest: { ...manifest, rule } })
		);
		expect(readPastExports(registersOf(doc))[0]!.manifest.rule).toEqual({ sentence: 'Many.' });
	});
});
