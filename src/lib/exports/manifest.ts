import * as z from 'zod/mini';
import type { Fields } from '$lib/fields/field';
import type { DraftRule } from '$lib/rules/rule';
import type { Moment } from '$lib/time/moment';
import { hasPhoneForm, headerOf, sourceName, type ExportDefinition } from './columns';
import { choiceOf, formChoices } from './form';
import { formatName } from './format';
import type { ExportCounts } from './run';

const Count = z.int().check(z.minimum(0));

/** What a file has in it and how it was made, so that it can be checked later what it was. */
export const Manifest = z.looseObject({
	format: z.literal('winnow-export'),
	version: z.literal(1),
	/** `sha256` in hex. */
	file: z.looseObject({ name: z.string(), format: z.string(), bytes: Count, sha256: z.string() }),
	segment: z.looseObject({ name: z.string(), version: z.optional(z.string()) }),
	/** Members of the rule; each is a row, or was left out for want of something that is required. */
	people: z.looseObject({ members: Count, rows: Count, leftOut: Count }),
	/** The instant the rule was asked for, in ISO 8601, in the calendar of the zone. */
	now: z.string(),
	zone: z.string(),
	columns: z.array(
		z.looseObject({
			header: z.string(),
			of: z.string(),
			as: z.string(),
			/** Rows with nothing in it. */
			blank: Count,
			/** Phone numbers that could not be read, and are blank. */
			unread: z.optional(Count)
		})
	),
	/** Cells that the format could not hold as they are. */
	altered: Count,
	/** `sentence` is for people; `json` is missing where it was too large to be kept. */
	rule: z.looseObject({ sentence: z.string(), json: z.optional(z.unknown()) }),
	app: z.string()
});
export type Manifest = z.infer<typeof Manifest>;

/** What is known of a file when it is finished. */
export interface FinishedFile {
	readonly name: string;
	readonly bytes: number;
	readonly rows: number;
	readonly sha256: string;
	readonly counts: ExportCounts;
}

export function manifestOf(
	file: FinishedFile,
	definition: ExportDefinition,
	fields: Fields,
	of: {
		readonly segment: { readonly name: string; readonly version?: string | undefined };
		readonly rule: DraftRule;
		readonly sentence: string;
		readonly moment: Moment;
		readonly app: string;
	}
): Manifest {
	const { name, bytes, rows, sha256, counts } = file;
	const { version } = of.segment;
	return {
		format: 'winnow-export',
		version: 1,
		file: { name, format: formatName(definition.format), bytes, sha256 },
		segment: { name: of.segment.name, ...(version !== undefined && { version }) },
		people: { members: counts.members, rows, leftOut: counts.leftOut },
		now: new Date(of.moment.now).toISOString(),
		zone: of.moment.zone,
		columns: definition.columns.map((column, i) => ({
			header: headerOf(column, fields),
			of: sourceName(column, fields),
			as: writtenAs(column, fields),
			blank: counts.blank[i] ?? 0,
			...(hasPhoneForm(column) && { unread: counts.unread[i] ?? 0 })
		})),
		altered: counts.altered,
		rule: { sentence: of.sentence, json: of.rule },
		app: `Winnow ${of.app}`
	};
}

/** How a column is written, for people: "SHA-256". */
function writtenAs(column: ExportDefinition['columns'][number], fields: Fields): string {
	if (column.source === 'constant') return column.text;
	if (column.source !== 'field') return 'Plain text';
	const value = choiceOf(column);
	const choices = formChoices(fields.get(column.field)?.type);
	return choices.find((choice) => choice.value === value)?.label ?? 'Plain text';
}

/** What it is called beside its file. */
export const manifestName = (file: string): string => `${file}.manifest.json`;

export const manifestText = (manifest: Manifest): string =>
	`${JSON.stringify(manifest, null, '\t')}\n`;
