/** Where the made-up people live, and what people are called there. */
export interface Country {
	/** ISO 3166 */
	readonly code: string;
	/** How many of the people live there, compared with the others. */
	readonly weight: number;
	readonly languages: readonly [string, ...string[]];
	readonly zone: string;
	readonly currency: string;
	/** Each `#` is a digit. */
	readonly phone: string;
	/** Name, region, postcode (each `#` is a digit). */
	readonly cities: readonly [City, ...City[]];
	readonly women: readonly [string, ...string[]];
	readonly men: readonly [string, ...string[]];
	/** Where men and women are called differently: `Novák/Nováková`. */
	readonly lastNames: readonly [string, ...string[]];
}
type City = readonly [name: string, region: string, postcode: string];

const words = (text: string) => text.split(' ') as [string, ...string[]];

export const countries: readonly [Country, ...Country[]] = [
	{
		code: 'DE',
		weight: 22,
		languages: ['de'],
		zone: 'Europe/Berlin',
		currency: 'EUR',
		phone: '+49 176 040690##',
		cities: [
			['Berlin', 'Berlin', '10###'],
			['Hamburg', 'Hamburg', '20###'],
			['München', 'Bayern', '80###'],
			['Köln', 'Nordrhein-Westfalen', '50###'],
			['Düsseldorf', 'Nordrhein-Westfalen', '40###'],
			['Göttingen', 'Niedersachsen', '370##'],
			['Tübingen', 'Baden-Württemberg', '720##']
		],
		women: words(
			'Anna Lena Käthe Franziska Mia Emilia Hannah Ayşe Ute Silke Svenja Kerstin Zeynep Grit'
		),
		men: words(
			'Jürgen Björn Sören Jörg Günther Lukas Paul Jonas Leon Mehmet Tobias Heiner Matthias Emre'
		),
		lastNames: words(
			'Müller Schmidt Schäfer Köhler Weiß Krüger Jäger Böhm Öztürk Yılmaz Groß Bäcker Hübner Lindemann Petersen Vogt Brandt Özdemir Fröhlich Seidel Kühn Stark Wagner Becker Hoffmann Strauß'
		)
	},
	{
		code: 'CH',
		weight: 18,
		languages: ['de', 'de', 'fr', 'it'],
		zone: 'Europe/Zurich',
		currency: 'CHF',
		phone: '+41 79 000 ## ##',
		cities: [
			['Zürich', 'Zürich', '80##'],
			['Genève', 'Genève', '12##'],
			['Basel', 'Basel-Stadt', '40##'],
			['Bern', 'Bern', '30##'],
			['Lausanne', 'Vaud', '10##'],
			['Neuchâtel', 'Neuchâtel', '20##'],
			['Lugano', 'Ticino', '69##'],
			['St. Gallen', 'St. Gallen', '90##']
		],
		women: words(
			'Léa Noémie Annelise Ursina Chiara Céline Nadja Vreni Aurélie Selina Fränzi Elin Andrea'
		),
		men: words('Reto Urs Jonas Beat Flurin Luca Sepp Marc Loïc Dario Gian Jürg Maël'),
		lastNames: words(
			'Bühlmann Zürcher Favre Rochat Müller Meier Keller Brunner Bianchi Gerber Wüthrich Bächler Aebischer Hösli Rüegg Dubois Crausaz Bernasconi Caduff Suter Zwahlen Nyffenegger Pellet Schär'
		)
	},
	{
		code: 'FR',
		weight: 12,
		languages: ['fr'],
		zone: 'Europe/Paris',
		currency: 'EUR',
		phone: '+33 6 39 98 ## ##',
		cities: [
			['Paris', 'Île-de-France', '750##'],
			['Lyon', 'Auvergne-Rhône-Alpes', '690##'],
			['Nîmes', 'Occitanie', '30000'],
			['Besançon', 'Bourgogne-Franche-Comté', '25000'],
			['Orléans', 'Centre-Val de Loire', '45000'],
			['Saint-Étienne', 'Auvergne-Rhône-Alpes', '420##']
		],
		women: words('Zoé Chloé Hélène Maëlle Anaïs Élodie Inès Camille Océane Aïcha Loïs'),
		men: words('François Benoît Éric André Jérôme Théo Gaëtan Raphaël Noël Gérard Cédric'),
		lastNames: words(
			'Lefèvre Rémy Dubois Garçon Muñoz Château Bérenger Péron Leclère Béguin Moreau Gauthier Lachaîne Noël Prévost Saïdi Vallée Fournier Boisvert Hébert Côté Maçon'
		)
	},
	{
		code: 'GB',
		weight: 10,
		languages: ['en'],
		zone: 'Europe/London',
		currency: 'GBP',
		phone: '+44 7700 900###',
		cities: [
			['London', 'England', 'N1 #AA'],
			['Bristol', 'England', 'BS1 #AB'],
			['Leeds', 'England', 'LS2 #AF'],
			['Edinburgh', 'Scotland', 'EH1 #YZ'],
			['Cardiff', 'Wales', 'CF10 #BH']
		],
		women: words('Olivia Amelia Siân Zoë Niamh Isla Priya Grace Chloë Fiona Imogen Megan Bronwen'),
		men: words('Harry Oliver Seán Mohammed Rhys Callum Tariq Ewan Alfie Angus Kwame'),
		lastNames: words(
			"O'Neill Smith Patel Khan Brontë Davies Okafor Whitfield McKenzie Fitzgerald Hughes Llewellyn Ashworth Begum Clarke Pemberton Nwosu Barrow Sinclair O'Connor"
		)
	},
	{
		code: 'AT',
		weight: 9,
		languages: ['de'],
		zone: 'Europe/Vienna',
		currency: 'EUR',
		phone: '+43 660 0000 ###',
		cities: [
			['Wien', 'Wien', '10#0'],
			['Graz', 'Steiermark', '80##'],
			['Linz', 'Oberösterreich', '40##'],
			['Sankt Pölten', 'Niederösterreich', '31##'],
			['Innsbruck', 'Tirol', '60##']
		],
		women: words('Resi Magdalena Valentina Elfriede Rosalie Johanna Theresa Burgi Marlene Mitzi'),
		men: words('Sepp Florian Jakob Lorenz Xaver Leopold Günter Moritz Kajetan Ödön'),
		lastNames: words(
			'Unterberger Gruber Huber Pichler Moser Höller Wallner Schöpf Brandstätter Eder Kröll Nußbaumer Lechner Fürst Kovačević Novotný Pöschl Haslinger Mühlbacher'
		)
	},
	{
		code: 'PL',
		weight: 7,
		languages: ['pl'],
		zone: 'Europe/Warsaw',
		currency: 'EUR',
		phone: '+48 500 000 ###',
		cities: [
			['Warszawa', 'Mazowieckie', '00-###'],
			['Kraków', 'Małopolskie', '30-###'],
			['Łódź', 'Łódzkie', '90-###'],
			['Wrocław', 'Dolnośląskie', '50-###'],
			['Poznań', 'Wielkopolskie', '60-###']
		],
		women: words('Małgorzata Agnieszka Zofia Grażyna Bożena Jadwiga Żaneta Ewa Kinga Halina'),
		men: words('Łukasz Paweł Michał Stanisław Wojciech Kuba Tomasz Rafał Bartłomiej Zdzisław'),
		lastNames: words(
			'Wiśniewski/Wiśniewska Kowalski/Kowalska Wójcik Zieliński/Zielińska Dąbrowski/Dąbrowska Kamiński/Kamińska Łęcki/Łęcka Gołębiewski/Gołębiewska Źrebiec Szczepański/Szczepańska Piątek Jabłoński/Jabłońska Krawczyk Maślanka Pająk Sikora Głowacki/Głowacka Żak'
		)
	},
	{
		code: 'IT',
		weight: 7,
		languages: ['it'],
		zone: 'Europe/Rome',
		currency: 'EUR',
		phone: '+39 320 000 0###',
		cities: [
			['Milano', 'Lombardia', '201##'],
			['Torino', 'Piemonte', '101##'],
			['Bologna', 'Emilia-Romagna', '401##'],
			['Forlì', 'Emilia-Romagna', '47121'],
			['Palermo', 'Sicilia', '901##']
		],
		women: words('Giulia Chiara Beatrice Noemi Alessia Ilaria Fiorella Bice Letizia Mirella'),
		men: words('Niccolò Lorenzo Matteo Davide Ettore Cosimo Renzo Sandro Aurelio Tommaso'),
		lastNames: words(
			"Rossi D'Angelo Esposito Cantù Nicolò Bianco Dell'Acqua Fabbri Marchetti Galassi Zanella Pavarotti Sartori Mancuso Cattaneo Piras Donà Ferrari"
		)
	},
	{
		code: 'CZ',
		weight: 6,
		languages: ['cs'],
		zone: 'Europe/Prague',
		currency: 'EUR',
		phone: '+420 601 000 ###',
		cities: [
			['Praha', 'Praha', '1## 00'],
			['Brno', 'Jihomoravský kraj', '602 00'],
			['Plzeň', 'Plzeňský kraj', '301 00'],
			['Olomouc', 'Olomoucký kraj', '779 00'],
			['České Budějovice', 'Jihočeský kraj', '370 01']
		],
		women: words('Tereza Šárka Zdeňka Markéta Kateřina Růžena Eliška Anežka Žofie Ludmila'),
		men: words('František Jiří Ondřej Lukáš Bořek Vojtěch Matěj Tomáš Přemysl Radek'),
		lastNames: words(
			'Řezáč/Řezáčová Novák/Nováková Dvořák/Dvořáková Svoboda/Svobodová Wichterle/Wichterlová Kučera/Kučerová Němec/Němcová Šťastný/Šťastná Kříž/Křížová Hájek/Hájková Beneš/Benešová Vlček/Vlčková Růžička/Růžičková Pospíšil/Pospíšilová Žižka/Žižková Procházka/Procházková Čapek/Čapková Bílek/Bílková'
		)
	},
	{
		code: 'SE',
		weight: 5,
		languages: ['sv'],
		zone: 'Europe/Stockholm',
		currency: 'EUR',
		phone: '+46 70 174 06 ##',
		cities: [
			['Stockholm', 'Stockholms län', '11# ##'],
			['Göteborg', 'Västra Götalands län', '41# ##'],
			['Malmö', 'Skåne län', '21# ##'],
			['Växjö', 'Kronobergs län', '352 ##'],
			['Umeå', 'Västerbottens län', '903 ##']
		],
		women: words('Åsa Linnéa Märta Elsa Tuva Ingrid Maja Saga Lovisa Frida'),
		men: words('Björn Göran Sören Åke Håkan Viggo Östen Alvar Torbjörn Nils'),
		lastNames: words(
			'Öberg Lindström Åkesson Sjöberg Nyström Björklund Hägg Söderberg Ekström Wallin Norén Bäckman Falk Lundgren Ahlström Hellström Rådström Törnqvist'
		)
	},
	{
		code: 'US',
		weight: 4,
		languages: ['en', 'en', 'es'],
		zone: 'America/New_York',
		currency: 'USD',
		phone: '+1 212 555 01##',
		cities: [
			['New York', 'New York', '100##'],
			['Portland', 'Maine', '0410#'],
			['Española', 'New Mexico', '87532'],
			['Chicago', 'Illinois', '606##'],
			['Coeur d’Alene', 'Idaho', '83814']
		],
		women: words('Maya Renée Naomi Sofía Keisha Harper Desirée Chloe Ximena Wei'),
		men: words('Zachary José Tyrone Ethan Brandon Joaquín Luis Dwayne Caleb Mateo'),
		lastNames: words(
			'Johnson García Nguyen Peña Washington Núñez Ramírez Kowalski Lee Goldberg Ibáñez Brooks Vanburen Castañeda Chen Piñero Whitaker Muñiz'
		)
	}
];
