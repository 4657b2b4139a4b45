import * as z from 'zod/mini';

/** How a column writes what can be written in several ways. */
export const Style = z.object({
	/** In `03/04/2025`, what comes first; null where it does not matter, or nothing in the file tells. */
	order: z.nullable(z.enum(['day', 'month'])),
	/** Some dates can be read both ways: a person must say which. */
	ask: z.boolean(),
	/** What stands before the decimals; the other one groups thousands. */
	decimal: z.enum(['.', ',']),
	/** What stands between several values in one cell. */
	separator: z.string().check(z.minLength(1), z.maxLength(5))
});
export type Style = z.infer<typeof Style>;

export const plainStyle: Style = { order: null, ask: false, decimal: '.', separator: ',' };
