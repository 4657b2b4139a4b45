import type { ContactPick, ContactsAsk } from './pick';

/** Which rows are selected: these, or all that are shown but these. */
export interface Selection {
	readonly all: boolean;
	/** Contact numbers: the selected ones, or of all those that are not. */
	readonly cnos: ReadonlySet<number>;
}

export const nobody: Selection = { all: false, cnos: new Set() };
export const everybody: Selection = { all: true, cnos: new Set() };

export const isSelected = ({ all, cnos }: Selection, cno: number): boolean => cnos.has(cno) !== all;

export const countSelected = ({ all, cnos }: Selection, total: number): number =>
	all ? Math.max(0, total - cnos.size) : cnos.size;

/** With these selected, or not. */
export function withSelected(
	selection: Selection,
	these: readonly number[],
	selected: boolean
): Selection {
	const cnos = new Set(selection.cnos);
	for (const cno of these)
		if (selected === selection.all) cnos.delete(cno);
		else cnos.add(cno);
	return { ...selection, cnos };
}

/** The same for the worker, which knows who all are. */
export const pickOf = ({ all, cnos }: Selection, of: ContactsAsk): ContactPick =>
	all ? { type: 'all', of, except: [...cnos] } : { type: 'these', cnos: [...cnos] };
