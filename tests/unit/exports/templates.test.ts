import { describe, expect, it } from 'vitest';
import { ExportDefinition } from '$lib/exports/columns';
import { definitionFrom, isSameDefinition, readyTemplates } from '$lib/exports/templates';
import { isStandard } from '$lib/fields/field';
import documented from '../../fixtures/export-headers.json';

let n = 0;
const newId = () => String(++n);

describe('a ready-made template', () => {
	it.each(readyTemplates.map((template) => [template.id, template] as const))(
		'of %s has the headers that its maker documents, of fields that everybody has',
		(id, template) => {
			const { headers } = documented.find(({ template }) => template === id)!;
			expect(template.columns.map(({ header }) => header)).toEqual(headers);
			for (const column of template.columns)
				if (column.source === 'field') expect(isStandard(column.field), column.field).toBe(true);
		}
	);

	it('survives being kept, and is known again whatever its columns are called inside', () => {
		for (const template of readyTemplates) {
			const begun = definitionFrom(template, newId);
			const kept = ExportDefinition.parse(JSON.parse(JSON.stringify(begun)));
			expect(isSameDefinition(kept, definitionFrom(template, newId))).toBe(true);
			const renamed = { ...kept, columns: [{ ...kept.columns[0]!, header: 'other' }] };
			expect(isSameDefinition(renamed, begun)).toBe(false);
		}
	});
});
