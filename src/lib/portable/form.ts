/** The forms that a workspace is saved in, and what each is to a browser. */
export const mimes = { json: 'application/json', ndjson: 'application/x-ndjson' } as const;
export type Form = keyof typeof mimes;
