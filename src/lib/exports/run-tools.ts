import type { CellTools } from './cells';
import type { ExportColumn } from './columns';
import { isPhoneForm } from './form';

/** What these columns need, loaded now: most need nothing. */
export async function toolsFor(
	columns: readonly ExportColumn[],
	given: Pick<CellTools, 'phoneCountry' | 'onunread'>
): Promise<CellTools> {
	const formed = columns.flatMap((column) =>
		column.source === 'field' && column.form ? [column] : []
	);
	const [md5, phones] = await Promise.all([
		formed.some(({ as }) => as === 'md5') ? loadMd5() : undefined,
		formed.some(({ form }) => isPhoneForm(form)) ? import('./phone-numbers') : undefined
	]);
	return { ...given, ...(md5 && { md5 }), ...(phones && { phoneNumber: phones.phoneNumber }) };
}

async function loadMd5(): Promise<(text: string) => string> {
	const [{ md5 }, { bytesToHex, utf8ToBytes }] = await Promise.all([
		import('@noble/hashes/legacy.js'),
		import('@noble/hashes/utils.js')
	]);
	return (text) => bytesToHex(md5(utf8ToBytes(text)));
}
