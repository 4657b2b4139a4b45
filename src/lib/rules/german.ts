import { withGermanProperties } from '$lib/events/german';
import { germanField } from '$lib/fields/german';
import { inGermanOf } from './conditions/german';
import { narrowing } from './conditions/event/german-words';
import type { Definitions } from './definitions';
import { english } from './english';
import { issueInGerman } from './german-issues';
import type { Language } from './language';
import { operatorInGerman } from './operators/german/families';
import { textOf, type Phrase } from './phrase';

export const german: Language = {
	id: 'de',
	condition: (condition, definitions) => inGermanOf(condition)(condition, germanView(definitions)),
	unfinished: 'eine Bedingung, die nicht fertig ist',
	everyone: 'alle',
	join(parts, match) {
		const joint = match === 'all' ? ' und ' : ' oder ';
		return parts.flatMap((part, i) => {
			if (i === 0) return part;
			return [endsInClause(parts[i - 1]!) ? `,${joint}` : joint, ...part];
		});
	},
	noneOf: (inside) => ['keines von (', ...inside, ')'],
	butNot: (excluded) =>
		excluded.flatMap((phrase, i) => [
			i === 0 ? ', außer es gilt: ' : ', und auch nicht, wenn gilt: ',
			...phrase
		]),
	narrowing,
	steps: {
		everyone: 'Alle',
		allContacts: 'Alle Kontakte, die nicht archiviert sind',
		words: { all: ['UND', 'UND'], any: ['EINES VON', 'ODER'], none: ['KEINES VON', 'NOCH'] },
		butNot: 'AUSSER',
		heads: { all: 'alles davon', any: 'eines davon', none: 'nichts davon' },
		joints: { all: 'und', any: 'oder', none: 'noch' },
		unreadable: 'eine Gruppe, die nicht lesbar ist',
		not: 'nicht: '
	},
	// That this leans on English, and with it on every kind, keeps the shared chunk in one piece: it packs better so.
	operator: (info) => operatorInGerman(info) ?? english.operator(info),
	issue: issueInGerman,
	andMoreIssues: (first, more) => `${first} Und ${more} weitere.`,
	unreadableRule: 'Die Regel ist nicht lesbar.',
	andMore: (name, rows) => `${name} und ${rows} weitere`
};

/** Whether a part ends with a clause that hangs on it, which a comma closes: "hat bestellt, wobei Währung CHF ist, und …". */
const endsInClause = (part: Phrase): boolean =>
	part.some((words) => typeof words === 'string' && /^, \p{L}/u.test(words)) &&
	!textOf(part).endsWith(')');

const views = new WeakMap<Definitions, Definitions>();

/** Definitions in which what still has the name that Winnow gave it has its German one. What people named stays. */
function germanView(definitions: Definitions): Definitions {
	const known = views.get(definitions);
	if (known) return known;
	const { fields, eventTypes } = definitions;
	const view: Definitions = {
		...definitions,
		fields: new Map([...fields].map(([id, field]) => [id, germanField(field)])),
		eventTypes: new Map([...eventTypes].map(([id, type]) => [id, withGermanProperties(type)]))
	};
	views.set(definitions, view);
	return view;
}
