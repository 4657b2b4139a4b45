import { ok } from '$lib/result';
import { askerOf, type Answering } from './asking';

export const capabilities: Answering<'capabilities'> = async ({ token }, asking) => {
	const asker = await askerOf(token, asking);
	if (!asker.ok) return asker;
	return ok({ mail: asking.mail });
};
