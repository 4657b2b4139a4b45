import { format, resolveConfig } from 'prettier';
import { rulesTable } from './rules-table';

const section = /<!-- rules -->[\s\S]*<!-- \/rules -->/;

/** The README with what rules can ask between its marks, laid out as everything here is. */
export async function withRules(readme: string): Promise<string> {
	if (!section.test(readme)) throw new Error('There is no place for it between its marks.');
	const text = readme.replace(
		section,
		() => `<!-- rules -->\n\n${rulesTable()}\n\n<!-- /rules -->`
	);
	return format(text, { ...(await resolveConfig('README.md')), parser: 'markdown' });
}
