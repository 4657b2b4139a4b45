/** How far a job is, and how fast it goes. */
export interface Progress {
	readonly step: string;
	/** Rows. */
	readonly done: number;
	readonly total: number;
	/** Rows a second; undefined in the first moments of a step. */
	readonly rate: number | undefined;
	readonly secondsLeft: number | undefined;
}

/** Milliseconds of a step before its pace says anything. */
const settled = 400;

/** Tells the pace of a job from its messages of progress. */
export class Pace {
	#step: string | undefined;
	#begin = 0;
	#first = 0;

	/** `now` in milliseconds, of any clock that goes on evenly. */
	at(
		{ step = '', done, total = done }: { step?: string; done: number; total?: number },
		now: number
	): Progress {
		if (step !== this.#step) {
			this.#step = step;
			this.#begin = now;
			this.#first = done;
		}
		const took = now - this.#begin;
		const rate = took < settled ? undefined : ((done - this.#first) / took) * 1000;
		const secondsLeft = rate ? Math.ceil(Math.max(0, total - done) / rate) : undefined;
		return { step, done, total: Math.max(total, done), rate, secondsLeft };
	}
}

const steps: Readonly<Record<string, string>> = {
	reading: 'Reading',
	checking: 'Comparing with your contacts',
	writing: 'Writing',
	finishing: 'Finishing'
};

export const sayStep = (step: string): string => steps[step] ?? 'Working';

/** "31,000 of 47,971 · 11,800 rows/s · 1 s left" */
export function sayProgress(
	{ done, total, rate, secondsLeft }: Progress,
	count: (n: number) => string
): string {
	const parts = [`${count(done)} of ${count(total)}`];
	if (rate) parts.push(`${count(Math.round(rate / 100) * 100)} rows/s`);
	if (secondsLeft !== undefined && done < total)
		parts.push(
			secondsLeft < 120 ? `${secondsLeft} s left` : `${Math.ceil(secondsLeft / 60)} min left`
		);
	return parts.join(' · ');
}
