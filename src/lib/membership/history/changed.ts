/** Contacts that changed since something was looked at; `all`: any may have. */
export type Changed = ReadonlySet<number> | 'all';

export const both = (one: Changed, other: Changed): Changed =>
	one === 'all' || other === 'all' ? 'all' : new Set([...one, ...other]);
