/** Where the browser is killed. */
export const situations = ['write', 'import', 'migration', 'takeover'] as const;
export type Situation = (typeof situations)[number];

/** What one kill left behind. Each list says what is wrong, in words; all of them should be empty. */
export class Found {
	readonly situation: Situation;
	/** When it was killed, in words. */
	readonly moment: string;
	/** What was seen that is as it should be. */
	readonly notes: string[] = [];
	/** The database does not open, contradicts itself, or takes nothing new. */
	readonly corrupt: string[] = [];
	/** What had been answered for, and is not there. */
	readonly lost: string[] = [];
	/** What is there in part, or more than once. */
	readonly half: string[] = [];

	constructor(situation: Situation, moment: string) {
		this.situation = situation;
		this.moment = moment;
	}

	get isWhole(): boolean {
		return [...this.corrupt, ...this.lost, ...this.half].length === 0;
	}

	toString(): string {
		const wrong = [
			...shown('CORRUPT', this.corrupt),
			...shown('LOST', this.lost),
			...shown('HALF', this.half)
		];
		return `${this.situation}, killed ${this.moment}: ${[...this.notes, ...wrong].join('; ')}`;
	}
}

/** The first few of what is wrong, and how many more there are. */
function shown(kind: string, all: readonly string[]): string[] {
	const few = all.slice(0, 4).map((what) => `${kind}: ${what}`);
	return all.length > few.length ? [...few, `${kind}: ${all.length - few.length} more`] : few;
}

/** `50 kills: 0 corrupt, 0 acknowledged writes lost, 0 half imports`. */
export function summary(all: readonly Found[]): string {
	const corrupt = all.filter((found) => found.corrupt.length > 0).length;
	const lost = all.reduce((sum, found) => sum + found.lost.length, 0);
	const half = all.reduce((sum, found) => sum + found.half.length, 0);
	return `${all.length} kills: ${corrupt} corrupt, ${lost} acknowledged writes lost, ${half} half imports`;
}
