import { textKey } from '$lib/text-key';
import type { Offer } from './offer';
import { templateGroups, type Template } from './template';

/** Templates under a heading. */
export interface TemplateSection {
	readonly title: string;
	readonly templates: readonly Template[];
}

/** The templates with every word of the search in name, description, group or rule. */
export function findTemplates(
	all: readonly Template[],
	offerOf: (id: string) => Offer | undefined,
	search: string
): readonly Template[] {
	const wanted = textKey(search).split(/\s+/).filter(Boolean);
	if (wanted.length === 0) return all;
	return all.filter(({ id, name, description, group }) => {
		const words = textKey([name, description, group, offerOf(id)?.sentence ?? ''].join(' '));
		return wanted.every((word) => words.includes(word));
	});
}

/** By their groups; those of `first`, in its order, before all others. Nothing is there twice, and no section is empty. */
export function sectionsOf(
	found: readonly Template[],
	first: readonly string[]
): readonly TemplateSection[] {
	const sections = [
		{
			title: 'To begin with',
			templates: first.flatMap((id) => found.find((template) => template.id === id) ?? [])
		},
		...templateGroups.map((title) => ({
			title,
			templates: found.filter(({ id, group }) => group === title && !first.includes(id))
		}))
	];
	return sections.filter(({ templates }) => templates.length > 0);
}
