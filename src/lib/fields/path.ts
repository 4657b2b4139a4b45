import * as z from 'zod/mini';

const most = { segments: 8, segment: 64, all: 200 };

/** Where in a JSON value something is: keys of objects and places in lists, from 0 on, as in `items.0.sku`. */
export const Path = z.string().check(
	z.maxLength(most.all, { error: `A path has at most ${most.all} characters.` }),
	z.refine((path) => segmentsOf(path).every((segment) => segment !== ''), {
		error: 'A path is names with dots between them, such as address.city.'
	}),
	z.refine((path) => segmentsOf(path).every((segment) => segment.length <= most.segment), {
		error: `A name in a path has at most ${most.segment} characters.`
	}),
	z.refine((path) => segmentsOf(path).length <= most.segments, {
		error: `A path has at most ${most.segments} names.`
	})
);

export const segmentsOf = (path: string): readonly string[] => path.split('.');
