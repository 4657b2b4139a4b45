import type { User } from './uses';

export const userNames: Record<User['type'], { readonly one: string; readonly many: string }> = {
	segment: { one: 'segment', many: 'segments' },
	campaign: { one: 'campaign', many: 'campaigns' },
	smartList: { one: 'smart list', many: 'smart lists' },
	exportTemplate: { one: 'export template', many: 'export templates' }
};

/** How many there are of each kind, most first: "2 campaigns", "1 segment". */
export function countsOf(users: readonly User[]): readonly string[] {
	const counts = new Map<User['type'], number>();
	for (const { type } of users) counts.set(type, (counts.get(type) ?? 0) + 1);
	return [...counts]
		.sort(([, a], [, b]) => b - a)
		.map(([type, count]) => `${count} ${userNames[type][count === 1 ? 'one' : 'many']}`);
}
