/** The numbers of `{1,22,333}`, read digit by digit. */
export function* numbersIn(text: string): Generator<number> {
	let n = -1;
	for (let i = 0; i < text.length; i++) {
		const digit = text.charCodeAt(i) - 48;
		if (digit >= 0 && digit <= 9) n = (n < 0 ? 0 : n * 10) + digit;
		else if (n >= 0) {
			yield n;
			n = -1;
		}
	}
}
