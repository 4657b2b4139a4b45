import { kinds } from '$lib/rules/conditions/registry';
import { countLabels } from '$lib/rules/operators/count';
import { families } from '$lib/rules/operators/families';
import type { OperatorInfo } from '$lib/rules/operators/operator';

const familyNames: Readonly<Record<keyof typeof families, string>> = {
	text: 'text, email, URL, phone',
	number: 'number',
	boolean: 'yes or no',
	date: 'date',
	datetime: 'date and time',
	select: 'choice',
	multiselect: 'several choices',
	json: 'JSON'
};

const section = /<!-- rules -->[\s\S]*<!-- \/rules -->/;

/** The README with what rules can ask between its marks. */
export function withRules(readme: string): string {
	if (!section.test(readme)) throw new Error('There is no place for it between its marks.');
	return readme.replace(section, () => `<!-- rules -->\n\n${rulesTable()}\n\n<!-- /rules -->`);
}

/** What rules can ask, as Markdown: every kind of condition, and every operator of every type. */
export function rulesTable(): string {
	const operators = Object.entries(familyNames).flatMap(([family, name]) =>
		Object.values<OperatorInfo>(families[family as keyof typeof families].info).map((info) => [
			info.only ? `${info.only.join(', ')} only` : name,
			info.label,
			info.definition
		])
	);
	return [
		table(
			['Condition', 'What it says'],
			kinds.map((kind) => [kind.kind, kind.definition])
		),
		`How often something was done, and how many there are of something, is ${Object.values(countLabels).join(', ')}. Values are compared by their type:`,
		table(['Type', 'Operator', 'What it means'], operators)
	].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell) => cell.replace(/[|*\\[\]]/g, '\\$&')).join(' | ')} |`;
	return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
