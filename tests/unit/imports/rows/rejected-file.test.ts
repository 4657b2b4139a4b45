import { expect, test } from 'vitest';
import { rejectedHeader, rejectedLine } from '$lib/imports/rows/rejected-file';
import { analysisOf, readAs } from '../../../fixtures/csv/files';

test('a rejected row has its line, its columns and every reason before its cells', () => {
	expect(rejectedHeader(['Email', 'Paid, net'])).toBe('Line,Column,Reason,Email,"Paid, net"\r\n');
	expect(
		rejectedLine({ line: 7, cells: ['x', 'a"b'], malformed: false }, [
			{ type: 'NotAnEmail', column: 'Email', value: 'x' },
			{ type: 'NotANumber', column: 'Paid, net', value: 'a"b' }
		])
	).toBe(
		'7,"Email; Paid, net","Email: “x” is not an email address; Paid, net: “a""b” is not a number",x,"a""b"\r\n'
	);
});

test('hostile cells are guarded in it, and read as before when it is imported again', async () => {
	const cells = [' =1+1', '＝1', '@SUM(1)', "'=1", "'90s kid", "'7210448301122", '+41 79 555'];
	const names = cells.map((_, i) => `Column ${i + 4}`);
	const row = { line: 2, cells: ['ana@example.com', ...cells], malformed: false };
	const file = rejectedHeader(['Email', '=note', ...names.slice(1)]) + rejectedLine(row, []);
	expect(file).toContain(",' =1+1,'＝1,'@SUM(1),'=1,'90s kid,'7210448301122,+41 79 555");
	expect(file).toContain("'=note");

	const analysis = await analysisOf(file);
	expect(analysis.columns[4]?.name).toBe('=note');
	const { contacts } = await readAs(file, analysis);
	const read = Object.values(contacts[0]!.values).map(String);
	for (const text of ['=1+1', '＝1', '@SUM(1)', '=1', "'90s kid"]) expect(read).toContain(text);
});
