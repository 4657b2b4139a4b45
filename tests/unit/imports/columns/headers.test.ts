import { describe, expect, test } from 'vitest';
import { analysisOf, readAs, targetsOf } from '../../../fixtures/csv/files';

describe('a column that is just called a name', () => {
	test.each([
		['Vorname,Name', 'Ana,Silva', { first_name: 'Ana', last_name: 'Silva' }],
		['Name,Vorname', 'Silva,Ana', { first_name: 'Ana', last_name: 'Silva' }],
		['First name,Name', 'Ana,Silva', { first_name: 'Ana', last_name: 'Silva' }],
		['Prénom,Nom', 'Ana,Silva', { first_name: 'Ana', last_name: 'Silva' }],
		['Name,Nachname', 'Ana,Silva', { first_name: 'Ana', last_name: 'Silva' }],
		['Vorname,Name', 'Ana,Ana Silva', { first_name: 'Ana', last_name: 'Silva' }],
		['Name,Vorname', 'Ana Silva,Anna', { first_name: 'Anna', last_name: 'Silva' }],
		['Name,Phone', 'Ana Silva,+41 79', { first_name: 'Ana', last_name: 'Silva', phone: '+41 79' }]
	])('is what %s leaves open: %s', async (headers, row, values) => {
		const file = `${headers},E-Mail\n${row},ana@example.com`;
		const { contacts } = await readAs(file, await analysisOf(file));
		expect(contacts[0]!.values).toEqual(values);
	});

	test('has one column alone', async () => {
		const analysis = await analysisOf('Name,Client name,Email\nAna Silva,Ana,ana@example.com');
		expect(targetsOf(analysis)).toMatchObject({
			Name: 'fullName',
			'Client name': '+ Client name: text'
		});
	});

	test('says nothing new beside both', async () => {
		const analysis = await analysisOf(
			'Name,First name,Last name,Email\nAna,Ana,Silva,ana@example.com'
		);
		expect(targetsOf(analysis)).toMatchObject({ Name: 'ignore' });
	});
});

test.each([
	['Tel. Nr.', '079 555 01 02', 'phone'],
	['Wohnort', 'Bern', 'city'],
	['Geb.-Datum', '13.02.1990', '+ Birthday: date'],
	['Geburtsdatum', '13.02.1990', '+ Birthday: date']
])('%s of a person is found', async (header, value, target) => {
	const analysis = await analysisOf(`Email,${header}\nana@example.com,${value}`);
	expect(targetsOf(analysis)[header]).toBe(target);
});

test.each(['Bestell-Nr', 'Bestell-Nr.', 'Bestellnummer', 'Order no.', 'Auftragsnummer'])(
	'%s is what an order is called by',
	async (header) => {
		const analysis = await analysisOf(`Email,${header},Datum\nana@example.com,B-17,13.02.2025`);
		expect(analysis.mapping).toMatchObject({ kind: 'events', eventType: { id: 'order_placed' } });
		expect(targetsOf(analysis)[header]).toBe('reference');
	}
);
