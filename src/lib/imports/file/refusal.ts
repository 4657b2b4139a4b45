import { unreachable } from '$lib/result';

/** Why a whole file is not read, or not imported. Nothing of it is kept then. */
export type FileRefusal =
	| { readonly type: 'Empty' }
	| { readonly type: 'NoRows' }
	| { readonly type: 'NotText'; readonly looksLike: Container }
	/** `line` where it stops reading in this charset. */
	| { readonly type: 'WrongCharset'; readonly charset: string; readonly line: number }
	| { readonly type: 'UnclosedQuote'; readonly line: number }
	| { readonly type: 'TooManyColumns'; readonly columns: number; readonly limit: number }
	/** The browser could not read the file: moved, changed or deleted since it was chosen. */
	| { readonly type: 'Unreadable' }
	/** Bytes the browser would have to have free, and has. */
	| { readonly type: 'NoRoom'; readonly needed: number; readonly free: number }
	| { readonly type: 'DiskFull' }
	| { readonly type: 'TooMany'; readonly what: 'contacts' | 'events'; readonly limit: number }
	/** Another import is under way. */
	| { readonly type: 'Busy' };

/** What a file is that is not text. */
export type Container = 'workbook' | 'archive' | 'gzip' | 'pdf' | 'picture' | 'unknown';

/** What is wrong and what to do about it, as sentences. */
export function describeRefusal(refusal: FileRefusal): string {
	switch (refusal.type) {
		case 'Empty':
			return 'This file is empty. Export it again, or choose another one.';
		case 'NoRows':
			return 'This file has a header row and nothing below it. Export it again, or choose another one.';
		case 'NotText':
			return containers[refusal.looksLike];
		case 'WrongCharset':
			return `This file does not read as ${refusal.charset.toUpperCase()} from line ${count(refusal.line)} on. Choose another text encoding.`;
		case 'UnclosedQuote':
			return `A quote opened in the row that starts in line ${count(refusal.line)} is never closed, so the rest of the file would end up in one cell. Close it in the file, or read quotes as ordinary characters.`;
		case 'TooManyColumns':
			return `This file has ${count(refusal.columns)} columns; up to ${count(refusal.limit)} can be read. Remove the ones you do not need, or choose another delimiter.`;
		case 'Unreadable':
			return 'The browser cannot read this file any more. It was changed, moved or deleted since you chose it. Choose it again.';
		case 'NoRoom':
			return `Importing this file needs about ${megabytes(refusal.needed)} of free space, and the browser has ${megabytes(refusal.free)}. Free some disk space, or split the file.`;
		case 'DiskFull':
			return 'The disk is full. Nothing was imported. Free some space and try again.';
		case 'TooMany':
			return `In this browser a workspace holds up to ${count(refusal.limit)} ${refusal.what}, and this import would go beyond that. Nothing was imported. Use a browser with a private file system, such as a current Chrome, Edge or Firefox outside a private window.`;
		case 'Busy':
			return 'Another import is under way. Wait for it to end, or cancel it.';
		default:
			return unreachable(refusal);
	}
}

/** Whether the database's words are about a full disk. A browser's quota shows as a file that cannot grow. */
export const saysDiskFull = (message: string): boolean =>
	/no space left|quota|could not (extend|write)/i.test(message);

const containers: Record<Container, string> = {
	workbook:
		'This is an Excel or OpenDocument workbook, or another packed file. Open it and save the sheet as “CSV UTF-8”, then choose that file.',
	archive: 'This is a packed file. Unpack it, then choose the CSV inside.',
	gzip: 'This is a packed file (gzip). Unpack it, then choose the CSV inside.',
	pdf: 'This is a PDF. Export the table as CSV, then choose that file.',
	picture: 'This is a picture. Export the table as CSV, then choose that file.',
	unknown: 'This is not a text file. Export the table as CSV, then choose that file.'
};

const count = (n: number): string => n.toLocaleString('en');
export const megabytes = (bytes: number): string =>
	`${Math.max(0, Math.round(bytes / 1_000_000)).toLocaleString('en')} MB`;
