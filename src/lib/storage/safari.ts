/** Whether a browser is Safari, by what it says of itself. Others name it too, but not its version. */
export const isSafari = (userAgent: string): boolean =>
	/\bVersion\/[\d.]+.*\bSafari\//.test(userAgent) && !/Chrom|Android/.test(userAgent);
