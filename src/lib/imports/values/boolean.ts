import { textKey } from '$lib/text-key';

const yes = new Set(
	'true yes y 1 on x ✓ ja j oui o si sí s sim tak ano igen kyllä wahr vrai vero verdadeiro'.split(
		' '
	)
);
const no = new Set(
	'false no n 0 off nein non não nao nie ne nem nej ei falsch faux falso'.split(' ')
);

/** Yes or no, in several languages. `undefined` if it is neither. */
export function booleanOf(text: string): boolean | undefined {
	const key = textKey(text);
	if (yes.has(key)) return true;
	if (no.has(key)) return false;
	return;
}
