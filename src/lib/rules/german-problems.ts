/**
 * Problems of conditions come as English sentences: from their schemas, where a message is text, and from their kinds.
 * Here is each in German, by the sentence itself.
 */
export const problems: Readonly<Record<string, string>> = {
	'A path is names with dots between them, such as address.city.':
		'Ein Pfad besteht aus Namen mit Punkten dazwischen, etwa address.city.',
	'A percentage is not above 100.': 'Ein Prozentsatz liegt nicht über 100.',
	'A percentage is not below 0.': 'Ein Prozentsatz liegt nicht unter 0.',
	'A pattern has at most 200 characters.': 'Ein Muster hat höchstens 200 Zeichen.',
	'A property is compared with a value, not with a field.':
		'Eine Eigenschaft wird mit einem Wert verglichen, nicht mit einem Feld.',
	'A rate is compared with a number, not with a field.':
		'Eine Rate wird mit einer Zahl verglichen, nicht mit einem Feld.',
	'A link is compared with a text, not with a field.':
		'Ein Link wird mit einem Text verglichen, nicht mit einem Feld.',
	'A sum always has a value: it is 0 where there is nothing to add.':
		'Eine Summe hat immer einen Wert: Sie ist 0, wo es nichts zu addieren gibt.',
	'A year has no more than 366 days.': 'Ein Jahr hat nicht mehr als 366 Tage.',
	'An item is compared with a value, not with a field.':
		'Ein Eintrag wird mit einem Wert verglichen, nicht mit einem Feld.',
	'Choose a campaign.': 'Wähle eine Kampagne.',
	'Choose a date.': 'Wähle ein Datum.',
	'Choose a day.': 'Wähle einen Tag.',
	'Choose a field.': 'Wähle ein Feld.',
	'Choose a month.': 'Wähle einen Monat.',
	'Choose a period that is going on, such as this month.':
		'Wähle einen laufenden Zeitraum wie diesen Monat.',
	'Choose a property.': 'Wähle eine Eigenschaft.',
	'Choose a segment.': 'Wähle ein Segment.',
	'Choose a time that has a beginning.': 'Wähle eine Zeit, die einen Anfang hat.',
	'Choose a time.': 'Wähle eine Zeit.',
	'Choose at least one group.': 'Wähle mindestens eine Gruppe.',
	'Choose at least one list.': 'Wähle mindestens eine Liste.',
	'Choose at least one reason.': 'Wähle mindestens einen Grund.',
	'Choose at least one tag.': 'Wähle mindestens einen Tag.',
	'Choose at least one value.': 'Wähle mindestens einen Wert.',
	'Choose at least two steps.': 'Wähle mindestens zwei Schritte.',
	'Choose by what.': 'Wähle, wonach.',
	'Choose the fields with coordinates.': 'Wähle die Felder mit den Koordinaten.',
	'Choose what became of the email.': 'Wähle, was mit der E-Mail geschah.',
	'Choose what was done.': 'Wähle, was getan wurde.',
	'Compare with a value.': 'Vergleiche mit einem Wert.',
	'Only a click has a link.': 'Nur ein Klick hat einen Link.',
	'Only opens and clicks can be by a machine.':
		'Nur Öffnungen und Klicks können von einer Maschine sein.',
	'Say what the items are like.': 'Sag, wie die Einträge sind.',
	'Say when it was, or what it was like.': 'Sag, wann es war oder wie es war.',
	'Something is still missing here.': 'Hier fehlt noch etwas.',
	'The first date is after the second.': 'Das erste Datum liegt nach dem zweiten.',
	'The first number is above the second.': 'Die erste Zahl liegt über der zweiten.',
	'The first number must be below the second.': 'Die erste Zahl muss unter der zweiten liegen.',
	'The first percentage must be below the second.':
		'Der erste Prozentsatz muss unter dem zweiten liegen.',
	'The first step comes after nothing.': 'Vor dem ersten Schritt kommt nichts.',
	'There are fewer periods than are to be active.':
		'Es gibt weniger Zeiträume, als aktiv sein sollen.',
	'There is a character in it that no text can have. Type it again.':
		'Darin ist ein Zeichen, das kein Text haben kann. Gib es noch einmal ein.',
	'Type 1000 or less.': 'Gib höchstens 1000 ein.',
	'Type a distance above 0.': 'Gib eine Entfernung über 0 ein.',
	'Type a number of 1 or more.': 'Gib eine Zahl ab 1 ein.',
	'Type a number.': 'Gib eine Zahl ein.',
	'Type a pattern.': 'Gib ein Muster ein.',
	'Type a percentage with two decimals at most.':
		'Gib einen Prozentsatz mit höchstens zwei Nachkommastellen ein.',
	'Type a percentage.': 'Gib einen Prozentsatz ein.',
	'Type a value.': 'Gib einen Wert ein.',
	'Type a whole number from 1 to 99.': 'Gib eine ganze Zahl von 1 bis 99 ein.',
	'Type a whole number of 1 or more.': 'Gib eine ganze Zahl ab 1 ein.',
	'Type a whole number.': 'Gib eine ganze Zahl ein.',
	'Type a word by which the sample is drawn.':
		'Gib ein Wort ein, nach dem die Stichprobe gezogen wird.',
	'Type at least one number.': 'Gib mindestens eine Zahl ein.',
	'Type how far.': 'Gib ein, wie weit.',
	'Type where the middle is.': 'Gib ein, wo die Mitte ist.',
	'What events come to is compared with a value, not with a field.':
		'Was Ereignisse ergeben, wird mit einem Wert verglichen, nicht mit einem Feld.',
	'What somebody spent always has a value: it is 0 without an order.':
		'Was jemand ausgegeben hat, hat immer einen Wert: Ohne Bestellung ist es 0.',
	'What somebody spent is compared with a number, not with a field.':
		'Was jemand ausgegeben hat, wird mit einer Zahl verglichen, nicht mit einem Feld.',
	'Who was never asked has no date. Choose another state or take the date away.':
		'Wer nie gefragt wurde, hat kein Datum. Wähle einen anderen Zustand oder nimm das Datum weg.'
};

/** Sentences with something in them; `$1` is the first of it. */
const withParts: readonly (readonly [RegExp, string])[] = [
	[/^Choose (\d+) steps or fewer\.$/, 'Wähle höchstens $1 Schritte.'],
	[/^Degrees go from −(\d+) to (\d+)\.$/, 'Grade gehen von −$1 bis $2.'],
	[/^A path has at most (\d+) characters\.$/, 'Ein Pfad hat höchstens $1 Zeichen.'],
	[/^A path has at most (\d+) names\.$/, 'Ein Pfad hat höchstens $1 Namen.'],
	[
		/^A name in a path has at most (\d+) characters\.$/,
		'Ein Name in einem Pfad hat höchstens $1 Zeichen.'
	],
	[/^Choose what in (.+) is compared\.$/, 'Wähle, was in $1 verglichen wird.'],
	[
		/^(.+) is a \w+, and has no parts that a path leads to\.$/,
		'$1 hat keine Teile, zu denen ein Pfad führt.'
	],
	[/^Type (\d+) or less\.$/, 'Gib höchstens $1 ein.'],
	[/^(.+) is now a \w+; .+\.$/, '$1 ist jetzt von anderer Art; wähle neu.'],
	[/^(.+) is a \w+; coordinates are numbers\.$/, '$1 ist keine Zahl; Koordinaten sind Zahlen.'],
	[
		/^(.+) is of another type, so the two cannot be compared\.$/,
		'$1 ist von anderer Art, die beiden lassen sich nicht vergleichen.'
	],
	[
		/^“(.+)” has not been saved yet\. Save it first\.$/,
		'„$1“ wurde noch nicht gespeichert. Speichere es zuerst.'
	],
	[/^(.+) has no property “(.+)”\.$/, '$1 hat keine Eigenschaft „$2“.'],
	[
		/^“(.+)” is not the same thing in all of these events\.$/,
		'„$1“ ist nicht in allen diesen Ereignissen dasselbe.'
	],
	// What an operator is called there is English.
	[/^“.+” is not for (.+)\.$/, 'Dieser Vergleich passt nicht zu $1.'],
	[
		/^“.+” already says what becomes of missing values\.$/,
		'Dieser Vergleich sagt schon, was aus fehlenden Werten wird.'
	],
	[/^Character (\d+) \(“(.)”\) .+\.$/su, 'Zeichen $1 („$2“) ist im Muster so nicht möglich.']
];

/** A problem in German; what is not known stays as it is, since half an answer is better than none. */
export function problemInGerman(problem: string): string {
	const known = problems[problem];
	if (known !== undefined) return known;
	const [pattern, german] = withParts.find(([pattern]) => pattern.test(problem)) ?? [];
	return pattern && german !== undefined ? problem.replace(pattern, german) : problem;
}
