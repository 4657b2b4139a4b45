/** The colours that people's circles have, by the names of their tokens. */
export const personTones = ['attr', 'event', 'group', 'consent'] as const;
export type PersonTone = (typeof personTones)[number];

/**
 * Each person's colour, by their id: the one that goes by who it is, or the next that fewer of those before them have.
 * `ids` are all who are here, in the order they came.
 */
export function tonesOf(ids: readonly string[]): ReadonlyMap<string, PersonTone> {
	const tones = new Map<string, PersonTone>();
	for (const id of new Set(ids)) {
		const own = [...id].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0);
		const inTurn = personTones.map((_, i) => personTones[(own + i) % personTones.length]!);
		const uses = (tone: PersonTone) => [...tones.values()].filter((used) => used === tone).length;
		tones.set(
			id,
			inTurn.reduce((best, tone) => (uses(tone) < uses(best) ? tone : best))
		);
	}
	return tones;
}
