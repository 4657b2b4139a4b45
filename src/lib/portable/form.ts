/** The forms that a workspace is saved in, and what each is to a browser. `winnow` is lines, encrypted. */
export const mimes = {
	json: 'application/json',
	ndjson: 'application/x-ndjson',
	winnow: 'application/octet-stream'
} as const;
export type Form = keyof typeof mimes;
