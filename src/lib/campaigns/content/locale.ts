/** Whether a text is a locale that values can be said in. */
export function isLocale(text: string): boolean {
	try {
		return Intl.getCanonicalLocales(text).length === 1;
	} catch (error) {
		if (error instanceof RangeError) return false;
		throw error;
	}
}
