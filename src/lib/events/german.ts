import {
	builtInEventTypes,
	type BuiltInEventTypeId,
	type EventProperty,
	type EventType
} from './event-type';

/** How something that was done stands in a German sentence. */
export interface GermanEvent {
	/** After "hat", at the end: "bestellt". */
	readonly did: string;
	/** The same denied: "keine E-Mail geöffnet". */
	readonly didNot: string;
	/** Several such events: "Bestellungen". It is the same in every case. */
	readonly events: string;
}

/** The event types that Winnow knows by itself. Not one of them needs "sich", which would come too early for a list. */
const words: Readonly<Record<BuiltInEventTypeId, GermanEvent>> = {
	email_sent: {
		did: 'eine E-Mail gesendet bekommen',
		didNot: 'keine E-Mail gesendet bekommen',
		events: 'E-Mail-Sendungen'
	},
	email_delivered: {
		did: 'eine E-Mail zugestellt bekommen',
		didNot: 'keine E-Mail zugestellt bekommen',
		events: 'E-Mail-Zustellungen'
	},
	email_opened: {
		did: 'eine E-Mail geöffnet',
		didNot: 'keine E-Mail geöffnet',
		events: 'E-Mail-Öffnungen'
	},
	email_clicked: {
		did: 'in einer E-Mail geklickt',
		didNot: 'in keiner E-Mail geklickt',
		events: 'E-Mail-Klicks'
	},
	email_bounced: {
		did: 'einen E-Mail-Bounce gehabt',
		didNot: 'keinen E-Mail-Bounce gehabt',
		events: 'E-Mail-Bounces'
	},
	email_complained: {
		did: 'eine E-Mail als Spam gemeldet',
		didNot: 'keine E-Mail als Spam gemeldet',
		events: 'Spam-Meldungen'
	},
	email_unsubscribed: {
		did: 'E-Mails abbestellt',
		didNot: 'keine E-Mails abbestellt',
		events: 'E-Mail-Abmeldungen'
	},
	email_replied: {
		did: 'auf eine E-Mail geantwortet',
		didNot: 'auf keine E-Mail geantwortet',
		events: 'E-Mail-Antworten'
	},
	order_placed: { did: 'bestellt', didNot: 'nicht bestellt', events: 'Bestellungen' },
	cart_added: {
		did: 'etwas in den Warenkorb gelegt',
		didNot: 'nichts in den Warenkorb gelegt',
		events: 'Warenkorb-Aktionen'
	},
	page_viewed: {
		did: 'eine Seite angesehen',
		didNot: 'keine Seite angesehen',
		events: 'Seitenansichten'
	},
	signed_up: {
		did: 'eine Registrierung abgeschlossen',
		didNot: 'keine Registrierung abgeschlossen',
		events: 'Registrierungen'
	}
};

const wordsById: ReadonlyMap<string, GermanEvent> = new Map(Object.entries(words));

const propertyNames: Readonly<Record<string, string>> = {
	campaign: 'Kampagne',
	channel: 'Kanal',
	message: 'Nachricht',
	machine: 'Maschinell',
	link: 'Link',
	bounce: 'Bounce',
	diagnostic: 'Diagnose',
	order: 'Bestellnummer',
	items: 'Artikel',
	total: 'Gesamtbetrag',
	currency: 'Währung',
	cart: 'Warenkorb',
	url: 'Adresse',
	title: 'Titel',
	referrer: 'Herkunft',
	source: 'Quelle'
};

/** The German of a type, where it still has the name that Winnow gave it. */
export const germanEventOf = ({ id, name }: EventType): GermanEvent | undefined =>
	builtIn(id)?.name === name ? wordsById.get(id) : undefined;

/** A type whose properties have their German names, where they still have those that Winnow gave them. */
export function withGermanProperties(type: EventType): EventType {
	const known = builtIn(type.id)?.properties;
	if (!known) return type;
	const properties = type.properties.map((property): EventProperty => {
		const isDefault = known.some(({ id, name }) => id === property.id && name === property.name);
		const name = isDefault ? propertyNames[property.id] : undefined;
		return name === undefined ? property : { ...property, name };
	});
	return { ...type, properties };
}

const builtIn = (id: string): EventType | undefined =>
	builtInEventTypes.find((type) => type.id === id);
