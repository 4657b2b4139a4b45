import * as z from 'zod/mini';
import { ExportDefinition } from '$lib/exports/columns';
import { Manifest } from '$lib/exports/manifest';
import type { Stamp } from './gesture';
import { compare } from './order';
import { readRegister, type Registers } from './registers';

/** How a file is made, kept under a name for everybody. */
export interface ExportTemplate {
	readonly id: string;
	readonly name: string;
	readonly definition: ExportDefinition;
}

/** A file that was written. */
export interface PastExport extends Stamp {
	readonly id: string;
	/** The segment's id; that of a place where the rule was of no segment. */
	readonly segment: string;
	readonly definition: ExportDefinition;
	readonly manifest: Manifest;
}

/** Registers of one export: `<id>/definition`, and beside it `<id>/name` of a template or `<id>/done` of a file. */
export function readExportTemplates(registers: Registers): readonly ExportTemplate[] {
	return [...registers.owners('exports')]
		.flatMap((id): ExportTemplate[] => {
			const name = readRegister(registers, 'exports', `${id}/name`, z.string(), []);
			const definition = definitionOf(registers, id);
			return name !== undefined && definition ? [{ id, name, definition }] : [];
		})
		.sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
}

/** Newest first. */
export function readPastExports(registers: Registers): readonly PastExport[] {
	return [...registers.owners('exports')]
		.flatMap((id): PastExport[] => {
			const done = readRegister(registers, 'exports', `${id}/done`, Done, []);
			const definition = definitionOf(registers, id);
			if (!done || !definition) return [];
			const { at, by, segment, manifest } = done;
			return [{ id, at, by, segment, definition, manifest }];
		})
		.sort((a, b) => b.at - a.at || compare(a.id, b.id));
}

const definitionOf = (registers: Registers, id: string): ExportDefinition | undefined =>
	readRegister(registers, 'exports', `${id}/definition`, ExportDefinition, []);

const Done = z.looseObject({
	at: z.number(),
	by: z.string(),
	segment: z.string(),
	manifest: Manifest
});
