import type { FieldType } from '$lib/fields/field';
import type { Mapping } from '../mapping';
import { headerKey } from './header-key';

/** What headers of many products say. The better a name fits, the further in front it stands. */
const names = {
	email:
		'email, e-mail, email address, e-mail address, primary email, person email, customer email, kundenemail, buyer email, billing email, e-mail 1 value, email 1, e-post, e-post-adresse, mail, e-mail-adresse, adresse e-mail, courriel, correo electronico, correo electrónico, indirizzo email, what’s your email, contact email, user email, subscriber email',
	email_2: 'e-mail 2 address, e-mail 2 value, secondary email, alternate emails',
	first_name:
		'first name, given name, fname, vorname, prénom, prenom, förnamn, fornamn, nombre, nome, voornaam, billing first name',
	last_name:
		'last name, family name, surname, lname, nachname, familienname, nom, nom de famille, efternamn, apellido, apellidos, cognome, achternaam, billing last name',
	full_name:
		'full name, name, display name, person name, client name, customer name, billing name, your full name, what’s your name, namn, contact name, naam',
	phone:
		'phone, phone number, mobile phone, mobile, mobile number, phone 1 value, sms, telephone, telefon, telefonnummer, téléphone, teléfono, telefono, mobil, mobilnummer, handy, billing phone, default address phone, primary phone, business phone, home phone, phone 1, person phone, tel, tel nr, tel no, telefonnr, telefon nr, handynummer, handy nr, mobil nr, natel, portable, numéro de téléphone',
	company:
		'company, organization, organisation, organization name, organization 1 name, company name, account name, default address company, associated company, billing company, firma, unternehmen, société, empresa, azienda, bedrijf, företag',
	job_title: 'job title, title, position, organization title, organization 1 title, funktion, role',
	street:
		'address, address1, address 1, street, mailing street, home street, default address address1, address line 1, billing address1, billing street, address 1 street, billing address 1, billing street 1, business street, home address, strasse, straße, adresse, rue, via, calle',
	street_2:
		'address 2, address2, home street 2, default address address2, address line 2, billing address2, billing address 2',
	city: 'city, town, mailing city, home city, default address city, billing city, address 1 city, ville, business city, stadt, ort, ciudad, città, plaats, wohnort',
	region:
		'state, region, state region, province, province code, mailing state province, home state, default address province code, state province region, billing state, billing province, address 1 region, mailing state, business state, kanton, bundesland, canton, county',
	postcode:
		'zip, postcode, zip code, postal code, mailing zip postal code, mailing postal code, home postal code, default address zip, billing zip, billing postcode, billing zip code, address 1 postal code, business postal code, plz, postleitzahl, code postal, cap, home zipcode',
	country:
		'country, country code, country region, cc, mailing country, home country, home country region, default address country code, billing country, address 1 country, business country, business country region, land, pays, país, paese',
	language: 'language, locale, sprache, langue, preferred language, lang',
	time_zone: 'timezone, time zone, zeitzone',
	tags: 'tags, labels, categories, label, keywords, group membership, etiketten',
	lists: 'lists, list names, list',
	note: 'notes, note, description, staff notes, notizen, bemerkungen',
	consent_email:
		'accepts email marketing, accepts marketing, email marketing consent, subscribed to emails, email permission status, email consent, email opt in, opt in, newsletter, marketing consent, einwilligung',
	consent_sms: 'accepts sms marketing, sms marketing consent, sms consent, sms opt in',
	suppressed_email:
		'email blacklisted, email disabled, suppressed, email suppressions, unsubscribed, email opt out, opt out, do not email, has opted out of email, unsubscribed from all email',
	suppressed_sms: 'sms blacklisted, sms opt out',
	status: 'status, email status, subscription status, subscriber status, consent status',
	consent_at:
		'optin time, confirm time, email marketing consent timestamp, subscribed at, date subscribed, subscription date, opt in date, consent date',
	unsubscribed_at: 'unsub time, unsubscribed at, unsubscribe date',
	bounced_at: 'clean time, email bounced date',
	created_at:
		'created at, create date, created utc, date created, profile created on, added time, date added, added at, created date, created time, created, registration date, date registered, signup date, sign up date, signed up at, joined',
	updated_at:
		'last changed, last modified date, modified time, updated at, last modified, last updated, updated',
	last_active_at:
		'last active, last activity date, last open, last click, person last activity date, last activity',
	external_id:
		'customer id, contact id, record id, klaviyo id, user id, person id, lead id, member id, subscriber id, external id, client id, leid, euid, id, index',
	total_spent:
		'total spent, total spend, lifetime amount, historic customer lifetime value, lifetime value, ltv',
	orders_count: 'total orders, order count, payment count, historic number of orders',
	birthday:
		'birthday, birthdate, birth date, date of birth, geburtstag, geburtsdatum, geb datum, geb, geboren, geboren am, date de naissance',
	ip: 'ip, optin ip, confirm ip, ip address',
	source: 'source, lead source, source name, original source, utm source',
	website: 'website, web page, homepage, website url, website 1 value, web page 1, url',
	order_id:
		'order id, order number, order, order no, order nr, order reference, bestellnummer, bestell nr, auftragsnummer, auftragsnr, numéro de commande, order #, invoice id, invoice number',
	event_at:
		'order date, ordered at, purchase date, sale date, event time, event timestamp, event at, occurred at, happened at, timestamp, event date, paid at, datum, date, time, bestelldatum, invoice date, order time, zeitpunkt, zeitstempel, activity date, activity time, action date, action time, horodatage',
	order_total:
		'order total, total, grand total, gesamtbetrag, amount, sales, dollar value, revenue, item price, value, betrag, montant, importe',
	order_status: 'financial status, order status, payment status',
	currency: 'currency, order currency, währung, wahrung, devise',
	event_type:
		'event, event name, event type, action, activity, metric, metric name, activity type, action type, ereignis, ereignistyp, aktion, aktivität, événement',
	event_id: 'event id, transaction id, uuid, message id'
} as const;

/** What headers say of things that happened, whatever they say of people. */
const namesOfEvents = {
	campaign:
		'campaign, campaign name, campaign title, kampagne, kampagnenname, kampagnentitel, newsletter, newsletter name, mailing, campagne, campaign id',
	link: 'link, url, clicked url, clicked link, link url, url clicked, geklickter link',
	bounce:
		'bounce type, bounce, bounce class, bounce classification, bounce kind, bounce-typ, bounce-art'
} as const;

/** What a column is for, whatever it is called. */
export type Role = keyof typeof names | keyof typeof namesOfEvents;

export interface RoleGuess {
	readonly role: Role;
	/** 0 where the header is the usual name for it. */
	readonly rank: number;
}

function rolesOf<R extends Role>(names: Readonly<Record<R, string>>): Map<string, RoleGuess> {
	const roles = new Map<string, RoleGuess>();
	for (const [role, list] of Object.entries<string>(names) as [R, string][])
		for (const [rank, name] of list.split(', ').entries()) {
			const key = headerKey(name);
			if (!roles.has(key)) roles.set(key, { role, rank });
		}
	return roles;
}

const roles = rolesOf(names);
const rolesInEvents = rolesOf(namesOfEvents);

/** What a header says, if many products say it so; of things that happened, where the rows are known to be that. */
export function roleOf(header: string, kind?: Mapping['kind']): RoleGuess | undefined {
	const key = headerKey(header);
	return (kind === 'events' ? rolesInEvents.get(key) : undefined) ?? roles.get(key);
}

/** Fields that many products have and ours has not by itself. */
export const usualFields: {
	readonly [role in Role]?: { readonly name: string; readonly type: FieldType };
} = {
	email_2: { name: 'Second email', type: 'email' },
	job_title: { name: 'Job title', type: 'text' },
	street: { name: 'Street', type: 'text' },
	street_2: { name: 'Street, second line', type: 'text' },
	note: { name: 'Note', type: 'text' },
	last_active_at: { name: 'Last active', type: 'datetime' },
	bounced_at: { name: 'Bounced', type: 'datetime' },
	total_spent: { name: 'Total spent', type: 'number' },
	orders_count: { name: 'Orders', type: 'number' },
	birthday: { name: 'Birthday', type: 'date' },
	source: { name: 'Source', type: 'text' },
	website: { name: 'Website', type: 'url' },
	currency: { name: 'Currency', type: 'text' },
	order_status: { name: 'Order status', type: 'text' },
	status: { name: 'Status', type: 'text' }
};
