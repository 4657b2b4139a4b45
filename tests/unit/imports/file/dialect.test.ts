import { expect, test } from 'vitest';
import { detectDialect } from '$lib/imports/file/dialect';

const detect = (text: string) => {
	const { delimiter, skip, header, loose, newline } = detectDialect(text, 'utf-8');
	return {
		delimiter,
		skip,
		header,
		...(loose ? { loose } : {}),
		...(newline === '\r' ? { newline } : {})
	};
};

test.each([
	['a comma', 'Email,Name\na@x.de,Ana\nb@x.de,"Bo, B"', { delimiter: ',', skip: 0, header: true }],
	[
		'a semicolon, with commas in cells',
		'EMAIL;NAME\na@x.de;Silva, Ana\nb@x.de;Bo, Bo',
		{ delimiter: ';', skip: 0, header: true }
	],
	['a tab', 'email\tname\na@x.de\tAna', { delimiter: '\t', skip: 0, header: true }],
	['a pipe', 'email|name\na@x.de|Ana', { delimiter: '|', skip: 0, header: true }],
	[
		'sep= in the first line',
		'sep=;\r\nNamn;E-post;Mobil\r\nAna;a@x.de;1',
		{ delimiter: ';', skip: 1, header: true }
	],
	[
		'three lines above the table (LinkedIn)',
		'Notes:\n"When exporting your connection data, you may notice that some are missing."\n\nFirst Name,Last Name,URL,Email Address,Company\nAna,Silva,https://x,a@x.de,Acme\nBo,Berg,https://y,,Bcme',
		{ delimiter: ',', skip: 2, header: true }
	],
	[
		'a title above the table',
		'Customers 2025,,,\nName,Email,City,Plan\nAna,a@x.de,Bern,pro',
		{ delimiter: ',', skip: 1, header: true }
	],
	['no header', 'ana@x.de,Ana,Bern\nbo@x.de,Bo,Basel', { delimiter: ',', skip: 0, header: false }],
	['no header, numbers', '1,Ana\n2,Bo', { delimiter: ',', skip: 0, header: false }],
	['one column', 'email\na@x.de\nb@x.de', { delimiter: ',', skip: 0, header: true }],
	['one column without a header', 'a@x.de\nb@x.de', { delimiter: ',', skip: 0, header: false }],
	[
		'a trailing comma (Thunderbird)',
		'First Name,Primary Email,\nAna,a@x.de,\nBo,b@x.de,',
		{ delimiter: ',', skip: 0, header: true }
	],
	[
		'a space before quotes',
		'name, "city"\nAna, "Bern, BE"\nBo, "Basel, BS"',
		{ delimiter: ',', skip: 0, header: true, loose: true }
	],
	[
		'line ends of an old Mac',
		'email,name\ra@x.de,Ana\r',
		{ delimiter: ',', skip: 0, header: true, newline: '\r' }
	]
])('%s is found', (_, text, dialect) => {
	expect(detect(text)).toEqual(dialect);
});

test('what a person says is not found out again', () => {
	const dialect = detectDialect('a;b,c\nd;e,f', 'utf-8', {
		delimiter: ',',
		skip: 1,
		header: false
	});
	expect(dialect).toMatchObject({ delimiter: ',', skip: 1, header: false });
});
