import { buyerTemplates } from './buyers';
import { engagementTemplates } from './engagement';
import { peopleTemplates } from './people';
import type { Template } from './template';

/** Every segment that comes with Winnow. */
export const templates: readonly Template[] = [
	...engagementTemplates,
	...buyerTemplates,
	...peopleTemplates
];

/** What most people begin with, in this order. */
export const firstTemplates: readonly string[] = [
	'engaged-30',
	'new-subscribers-14',
	'repeat-buyers',
	'vip',
	'lapsed-buyers'
];
