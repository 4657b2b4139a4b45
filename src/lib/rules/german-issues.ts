import { unreachable } from '$lib/result';
import type { Definitions, Reference } from './definitions';
import { problemInGerman } from './german-problems';
import type { RuleIssue } from './parse';

/** What is wrong and what to do, for the person at the rule. */
export function issueInGerman(issue: RuleIssue, definitions: Definitions): string {
	const segmentName = (id: string) =>
		definitions.segments.get(id)?.name ?? 'ein gelöschtes Segment';
	switch (issue.type) {
		case 'EmptyGroup':
			return 'Diese Gruppe ist leer. Füge eine Bedingung hinzu oder entferne die Gruppe.';
		case 'NothingLeft':
			return 'Hier ist alles ausgeschaltet, es gibt also nichts auszuwerten. Schalte eine Zeile ein.';
		case 'TooDeep':
			return 'Gruppen sind mehr als 8 tief verschachtelt. Bewege diese heraus.';
		case 'UnknownMatch':
			return 'Wähle, ob alles, eines oder nichts hiervon gelten soll.';
		case 'UnknownKind':
			return issue.kind === ''
				? 'Diese Bedingung ist nicht lesbar. Entferne sie oder stelle eine frühere Fassung wieder her.'
				: `Diese Bedingung („${issue.kind}“) stammt aus einer neueren Version von Winnow. Aktualisiere, um sie zu bearbeiten.`;
		case 'UnknownPart':
			return `Das sagt etwas, das diese Version von Winnow nicht kennt: ${quoted(issue.parts)}. Aktualisiere Winnow oder berichtige es da, wo es geschrieben wurde.`;
		case 'InvalidCondition':
			return [...new Set(issue.problems.map(problemInGerman))].join(' ');
		case 'DeletedReference':
			return `${deleted[issue.reference.type]}, wurde gelöscht. Wähle etwas anderes oder entferne die Zeile.`;
		case 'NeverSaved':
			return `„${segmentName(issue.segment)}“ wurde noch nicht gespeichert. Speichere es zuerst.`;
		case 'BrokenSegment':
			return `„${segmentName(issue.segment)}“ hat selbst ein Problem. Behebe es dort.`;
		case 'Cycle':
			return `Das führt zu sich selbst zurück: ${issue.path.map(segmentName).join(' → ')}.`;
		default:
			return unreachable(issue);
	}
}

const quoted = (parts: readonly string[]): string =>
	[...new Set(parts)].map((part) => `„${part}“`).join(', ');

const deleted: Readonly<Record<Reference['type'], string>> = {
	field: 'Das Feld, auf das sich das bezieht',
	eventType: 'Das Ereignis, auf das sich das bezieht',
	tag: 'Der Tag, auf den sich das bezieht',
	list: 'Die Liste, auf die sich das bezieht',
	segment: 'Das Segment, auf das sich das bezieht'
};
