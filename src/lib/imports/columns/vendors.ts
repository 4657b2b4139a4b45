import { headerKey } from './header-key';
import type { Role } from './roles';

/** A file as one product exports it, told by headers that hardly any other has. */
export interface Vendor {
	readonly id: string;
	/** As in "Looks like a … ." */
	readonly says: string;
	readonly kind: 'contacts' | 'events';
	/** All of these headers, */
	readonly all: readonly string[];
	/** at least one of these, if there are any, */
	readonly any: readonly string[];
	/** and none of these. */
	readonly none: readonly string[];
	/** What its headers mean where it is not what they mean elsewhere, by header key. */
	readonly map: ReadonlyMap<string, Role | 'ignore' | 'field'>;
	/** Columns nobody knows: new fields or properties, or left out. */
	readonly rest: 'keep' | 'ignore';
	/** How it writes dates. */
	readonly order?: 'day' | 'month';
}

type Told = Partial<Pick<Vendor, 'kind' | 'rest' | 'order'>> & {
	any?: string;
	none?: string;
	map?: Record<string, Role | 'ignore' | 'field'>;
};

const list = (names = ''): string[] => names.split(', ').filter(Boolean).map(headerKey);

const vendor = (id: string, says: string, all: string, told: Told = {}): Vendor => ({
	id,
	says,
	kind: told.kind ?? 'contacts',
	all: list(all),
	any: list(told.any),
	none: list(told.none),
	map: new Map(Object.entries(told.map ?? {}).map(([header, role]) => [headerKey(header), role])),
	rest: told.rest ?? 'keep',
	...(told.order ? { order: told.order } : {})
});

const mailchimp: NonNullable<Told['map']> = {
	MEMBER_RATING: 'field',
	CONFIRM_TIME: 'ignore',
	OPTIN_IP: 'ignore',
	CONFIRM_IP: 'ignore',
	LATITUDE: 'ignore',
	LONGITUDE: 'ignore',
	GMTOFF: 'ignore',
	DSTOFF: 'ignore',
	LEID: 'ignore',
	EUID: 'ignore',
	UNSUB_CAMPAIGN_TITLE: 'ignore',
	UNSUB_CAMPAIGN_ID: 'ignore',
	UNSUB_REASON_OTHER: 'ignore',
	CLEAN_CAMPAIGN_TITLE: 'ignore',
	CLEAN_CAMPAIGN_ID: 'ignore',
	CLEAN_TIME: 'unsubscribed_at'
};

/** Here `Title` is Mr or Ms. */
const salutation: NonNullable<Told['map']> = { Title: 'field' };

const order: NonNullable<Told['map']> = { 'Customer ID': 'external_id' };

/** In the order they are tried. */
export const vendors: readonly Vendor[] = [
	vendor(
		'mailchimp-unsubscribed',
		'Mailchimp export of unsubscribed contacts',
		'MEMBER_RATING, LEID, EUID, UNSUB_TIME',
		{ map: mailchimp }
	),
	vendor(
		'mailchimp-cleaned',
		'Mailchimp export of cleaned contacts',
		'MEMBER_RATING, LEID, EUID, CLEAN_TIME',
		{ map: mailchimp }
	),
	vendor('mailchimp', 'Mailchimp audience export', 'MEMBER_RATING, LEID, EUID', { map: mailchimp }),
	vendor('klaviyo', 'Klaviyo list export', 'Email', {
		any: 'Klaviyo ID, Email Marketing Consent Timestamp',
		rest: 'ignore'
	}),
	vendor('hubspot', 'HubSpot contact export', 'Record ID, Email', {
		any: 'Contact owner, Lead Status, Lifecycle Stage'
	}),
	vendor('hubspot-companies', 'HubSpot company export', 'Record ID, Company owner'),
	vendor('hubspot-deals', 'HubSpot deal export', 'Record ID, Deal Name, Deal Stage'),
	vendor('brevo', 'Brevo contact export', 'EMAIL, SMS', {
		any: 'EMAIL_BLACKLISTED, WHATSAPP, LANDLINE_NUMBER',
		order: 'day'
	}),
	vendor('salesforce-loader', 'Salesforce data export', 'SystemModstamp, OwnerId', {
		rest: 'ignore',
		map: { Id: 'external_id', Name: 'ignore' }
	}),
	vendor('salesforce', 'Salesforce contact report', 'Mailing State/Province, Account Name'),
	vendor('salesforce-leads', 'Salesforce lead export', 'Lead ID, LeadSource, OwnerId', {
		map: { Status: 'field', OwnerId: 'ignore' }
	}),
	vendor('google', 'Google Contacts export', 'E-mail 1 - Value', {
		rest: 'ignore',
		map: {
			'E-mail 1 - Label': 'ignore',
			'E-mail 1 - Type': 'ignore',
			'Given Name Yomi': 'ignore',
			Location: 'ignore'
		}
	}),
	vendor('outlook', 'Outlook contact export', 'E-mail Address', {
		any: 'Business Street, Home Street',
		rest: 'ignore',
		map: salutation
	}),
	vendor('shopify-orders', 'Shopify order export', 'Financial Status, Lineitem name', {
		kind: 'events',
		rest: 'ignore',
		map: {
			Name: 'order_id',
			'Created at': 'event_at',
			'Paid at': 'ignore',
			Id: 'ignore',
			Phone: 'ignore',
			Notes: 'ignore',
			Source: 'ignore',
			Tags: 'ignore',
			'Accepts Marketing': 'ignore',
			'Discount Code': 'field'
		}
	}),
	vendor('shopify', 'Shopify customer export', 'Accepts Email Marketing, Tax Exempt', {
		map: {
			'Customer ID': 'external_id',
			Phone: 'phone',
			'Default Address Phone': 'ignore',
			'Province Code': 'ignore',
			'Country Code': 'ignore'
		}
	}),
	vendor('stripe', 'Stripe customer export', 'Delinquent, Created (UTC)', {
		map: { Status: 'field', id: 'external_id' }
	}),
	vendor('ghost', 'Ghost member export', 'complimentary_plan, subscribed_to_emails', {
		map: { deleted_at: 'ignore' }
	}),
	vendor('substack', 'Substack subscriber export', 'email_disabled, active_subscription', {
		map: { active_subscription: 'field' }
	}),
	vendor('beehiiv', 'beehiiv subscriber export', 'status, tier, stripe_customer_id'),
	vendor('curated', 'Curated subscriber export', 'Subscribed at, UTM Last Path'),
	vendor(
		'tiny-news',
		'Tiny News subscriber export',
		'Date added, Last modified, status, clicks, opens'
	),
	vendor(
		'activecampaign',
		'ActiveCampaign contact export',
		'Email, Date Created, IP, Status, Tags'
	),
	vendor('systeme', 'systeme.io contact export', 'Surname, Date registered, Tags'),
	vendor('constant-contact', 'Constant Contact export', 'Email permission status', {
		map: { 'Email status': 'field' }
	}),
	vendor('sendgrid', 'SendGrid contact export', 'ALTERNATE_EMAILS, UNIQUE_NAME'),
	vendor('pipedrive', 'Pipedrive people export', 'Person - Name', {
		any: 'Person - Email, Person - ID'
	}),
	vendor('linkedin', 'LinkedIn connections export', 'Connected On, Email Address', {
		map: { URL: 'website' }
	}),
	vendor('thunderbird', 'Thunderbird address book', 'Primary Email, Screen Name, Secondary Email', {
		rest: 'ignore'
	}),
	vendor('woocommerce-orders', 'WooCommerce order export', 'order_total, billing_email', {
		kind: 'events',
		rest: 'ignore',
		map: { customer_id: 'ignore', payment_method: 'field', billing_country: 'ignore' }
	}),
	vendor('woocommerce', 'WooCommerce customer export', 'Username, Total spend, Order count', {
		map: { Username: 'field' }
	}),
	vendor('bigcommerce-orders', 'BigCommerce order export', 'Order ID, Cart Base Amount', {
		kind: 'events',
		rest: 'ignore',
		map: { 'Payment Method': 'field' }
	}),
	vendor('etsy-orders', 'Etsy order export', 'Listing ID, InPerson Sale', {
		kind: 'events',
		rest: 'ignore'
	}),
	vendor('amazon-orders', 'Amazon order report', 'order-id, purchase-date', {
		kind: 'events',
		rest: 'ignore',
		map: { 'purchase-date': 'event_at', 'order-date': 'ignore', 'payment-date': 'ignore' }
	}),
	vendor('eventbrite', 'Eventbrite attendee report', 'Order #, Attendee Status', {
		map: {
			'Order #': 'ignore',
			'Order Date': 'ignore',
			'Attendee Status': 'field',
			'Event Name': 'tags'
		}
	}),
	vendor('luma', 'Luma guest export', 'approval_status, checked_in_at', {
		map: { approval_status: 'field', name: 'ignore' }
	}),
	vendor('patreon', 'Patreon member export', 'Patron Status, Lifetime Amount', {
		map: { 'Patron Status': 'field' }
	}),
	vendor('facebook', 'Facebook lead export', 'ad_name, form_name', { map: { id: 'ignore' } }),
	vendor('typeform', 'Typeform responses', '#, Submitted At', {
		map: { '#': 'ignore', 'Submitted At': 'created_at' }
	}),
	vendor('tito', 'Tito attendee export', 'Ticket, Reference, Registration Date'),
	vendor('tickster', 'Tickster attendee export', 'Biljettyp, Evenemang', {
		map: { Evenemang: 'tags' }
	}),
	vendor('meetup', 'Meetup member list', 'Member ID, Joined Group on', {
		rest: 'ignore',
		map: { Title: 'ignore', 'User ID': 'external_id', 'Member ID': 'ignore' }
	}),
	vendor('superstore', 'Superstore sample', 'Sub-Category, Ship Mode, Row ID', {
		kind: 'events',
		map: { ...order, 'Row ID': 'ignore', Segment: 'field' }
	})
];

/** The product a file comes from, if its headers tell. */
export function vendorOf(headers: readonly string[]): Vendor | undefined {
	const keys = new Set(headers.map(headerKey));
	return vendors.find(
		({ all, any, none }) =>
			all.every((key) => keys.has(key)) &&
			(any.length === 0 || any.some((key) => keys.has(key))) &&
			!none.some((key) => keys.has(key))
	);
}
