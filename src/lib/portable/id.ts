import * as z from 'zod/mini';
import { isStorable } from '$lib/text-key';

/** NUL, or half of a pair: a database would refuse it without saying where it stands. */
export const unstorable = { error: 'there is a character in it that no text can have' };
export const storableText = z.refine<string>(isStorable, unstorable);

export const Text = z.string().check(storableText);
export const Id = z.string().check(z.minLength(1), z.maxLength(64), storableText);
/** ISO 8601. */
export const Instant = z.iso.datetime({ offset: true });
