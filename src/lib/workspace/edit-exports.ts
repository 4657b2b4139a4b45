import type { ExportDefinition } from '$lib/exports/columns';
import { plainJson } from '$lib/json';
import { usable } from './edit-definitions';
import { readPastExports, type PastExport } from './exports';
import type { Edit } from './gesture';
import { limitsOf } from './registers';

/** Files that are listed; the oldest are let go. What stands at the versions of a segment stays. */
const newest = 50;

/** Adds a template, or changes it as a whole. */
export function putExportTemplate(
	edit: Edit,
	id: string,
	name: string,
	definition: ExportDefinition
): void {
	if (!usable(edit, id)) return;
	edit.write('exports', `${id}/name`, name);
	edit.write('exports', `${id}/definition`, definition);
}

/** Nothing where somebody has deleted it meanwhile. */
export function renameExportTemplate(edit: Edit, id: string, name: string): void {
	if (edit.raw('exports', `${id}/name`) !== undefined) edit.write('exports', `${id}/name`, name);
}

export function removeExport(edit: Edit, id: string): void {
	for (const key of [...edit.keys('exports', id)]) edit.write('exports', key, undefined);
}

/** Notes a file. Of a rule that is too large to be kept only its sentence is. */
export function notePastExport(
	edit: Edit,
	id: string,
	{ segment, definition, manifest }: Omit<PastExport, 'id' | 'at' | 'by'>
): void {
	if (!usable(edit, id)) return;
	const done = { ...edit.stamp, segment, manifest };
	const fits = plainJson(done, limitsOf('exports')).ok;
	const { sentence } = manifest.rule;
	edit.write('exports', `${id}/definition`, definition);
	edit.write(
		'exports',
		`${id}/done`,
		fits ? done : { ...done, manifest: { ...manifest, rule: { sentence } } }
	);
	for (const old of readPastExports(edit).slice(newest)) removeExport(edit, old.id);
}
