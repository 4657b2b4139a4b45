import { Zip, ZipDeflate } from 'fflate';
import { zoneOffsets } from '$lib/time/zone';
import { textOf, type Cell } from './format';
import type { Piece, TableFile } from './run-table';
import type { CellType, TableColumn } from './table';

/** Characters that a cell has room for. */
const mostCharacters = 32_767;

/** The compression that is about twice as fast as the usual one, for files a tenth larger. */
const level = 3;

/**
 * A workbook of one sheet, packed row by row: nothing of it stays in memory. Text is always text, so that no formula
 * runs; numbers, yes and no, dates and times are what they are. Instants are in the given zone, for a sheet knows none.
 */
export function xlsxTable(
	columns: readonly TableColumn[],
	zone: string,
	write: (piece: Piece) => void
): TableFile {
	const encoder = new TextEncoder();
	const zip = new Zip((error, chunk) => {
		if (error) throw error;
		// The library reuses nothing that it has given.
		write(chunk as Uint8Array<ArrayBuffer>);
	});
	const part = (path: string): ZipDeflate => {
		const added = new ZipDeflate(path, { level });
		zip.add(added);
		return added;
	};
	for (const [path, text] of Object.entries(parts)) part(path).push(encoder.encode(text), true);

	const sheet = part('xl/worksheets/sheet1.xml');
	const put = (text: string, last = false) => sheet.push(encoder.encode(text), last);
	const letters = columns.map((_, i) => lettersOf(i));
	const offsetAt = offsetsIn(zone);
	let row = 1;
	let altered = 0;

	function textCell(place: string, text: string, style = ''): string {
		if (text.length > mostCharacters) altered++;
		return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, mostCharacters))}</t></is></c>`;
	}
	function cellXml(cell: Cell, type: CellType, place: string): string {
		if (cell === null) return '';
		if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
		if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
		if (type === 'date' && typeof cell === 'string') {
			const serial = serialOf(Date.parse(`${cell}T00:00:00Z`));
			if (serial !== undefined) return `<c r="${place}" s="1"><v>${serial}</v></c>`;
		}
		if (type === 'instant' && typeof cell === 'string') {
			const at = Date.parse(cell);
			const serial = serialOf(at + offsetAt(at));
			if (serial !== undefined) return `<c r="${place}" s="2"><v>${serial}</v></c>`;
		}
		const text = textOf(cell);
		return text === '' ? '' : textCell(place, text);
	}

	const widths = columns.map(
		({ type }, i) =>
			`<col min="${i + 1}" max="${i + 1}" width="${type === 'instant' ? 20 : type === 'date' ? 12 : 24}" customWidth="1"/>`
	);
	put(
		`${sheetHead}<cols>${widths.join('')}</cols><sheetData><row r="1">${columns
			.map(({ header }, i) => textCell(`${letters[i]!}1`, header, ' s="3"'))
			.join('')}</row>`
	);
	return {
		get altered() {
			return altered;
		},
		add(rows) {
			let text = '';
			for (const cells of rows) {
				row++;
				text += `<row r="${row}">`;
				for (let i = 0; i < columns.length; i++)
					text += cellXml(cells[i] ?? null, columns[i]!.type, letters[i]! + row);
				text += '</row>';
			}
			put(text);
		},
		end() {
			put('</sheetData></worksheet>', true);
			zip.end();
		}
	};
}

/** What a sheet counts days from. */
const epoch = Date.UTC(1899, 11, 30);
const day = 86_400_000;

/** An instant as days of a sheet, or nothing where a sheet has none for it. */
function serialOf(at: number): number | undefined {
	const serial = (at - epoch) / day;
	// Before 1 March 1900 a sheet takes that year for a leap year.
	return serial >= 61 && serial < 2_958_466 ? Number(serial.toFixed(9)) : undefined;
}

/** How far local time in a zone is ahead of UTC. Times of one column are often close together. */
function offsetsIn(zone: string): (at: number) => number {
	const { instants, offsets } = zoneOffsets(zone);
	let found = 0;
	const isAt = (i: number, at: number) =>
		(i === 0 || instants[i]! <= at) && at < (instants[i + 1] ?? Infinity);
	return (at) => {
		if (!isAt(found, at))
			found = Math.max(
				0,
				instants.findIndex((_, i) => isAt(i, at))
			);
		return offsets[found]!;
	};
}

/** 0 → A, 26 → AA */
function lettersOf(column: number): string {
	const last = String.fromCharCode(65 + (column % 26));
	return column < 26 ? last : lettersOf(Math.floor(column / 26) - 1) + last;
}

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'\r': '&#13;'
};

/** What XML cannot hold is written as Excel does (`_x0001_`), and so is what would read like that. */
function escaped(text: string): string {
	if (!/[&<>\r\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_/.test(text)) return text;
	return text
		.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
		.replace(
			/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g,
			(sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
		)
		.replace(/[&<>\r]/g, (sign) => entities[sign]!);
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The names of the columns stay in sight. */
const sheetHead = `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;

/** All but the sheet: the same in every file. */
const parts: Readonly<Record<string, string>> = {
	'[Content_Types].xml': `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
	'_rels/.rels': `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Contacts" sheetId="1" r:id="rId1"/></sheets></workbook>`,
	'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
	'xl/styles.xml': `${xml}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
};
