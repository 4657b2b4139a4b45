/** What headers are compared by: `E-mail 1 - Value`, `email1_value` and `EMAIL 1 VALUE` are the same. */
export const headerKey = (header: string): string =>
	header
		.normalize('NFC')
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}#]/gu, '');
