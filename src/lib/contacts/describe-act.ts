import type { BulkAct } from './bulk';

/** What is about to be done to whom ("1,204 contacts"): "Tag 1,204 contacts with “vip”". */
export function describeAct(act: BulkAct, who: string, name: string): string {
	switch (act.type) {
		case 'add':
			return act.to === 'tag' ? `Tag ${who} with “${name}”` : `Add ${who} to “${name}”`;
		case 'remove':
			return act.from === 'tag' ? `Take “${name}” from ${who}` : `Remove ${who} from “${name}”`;
		case 'archive':
			return `Archive ${who}`;
		case 'restore':
			return `Restore ${who}`;
	}
}

/** What was done to whom; nobody where it changed nothing. `name` is that of the tag or list. */
export function describeDone(act: BulkAct, who: string | undefined, name: string): string {
	if (who === undefined) return nothing(act, name);
	switch (act.type) {
		case 'add':
			return act.to === 'tag' ? `${who} tagged “${name}”.` : `${who} added to “${name}”.`;
		case 'remove':
			return act.from === 'tag' ? `“${name}” taken from ${who}.` : `${who} removed from “${name}”.`;
		case 'archive':
			return `${who} archived.`;
		case 'restore':
			return `${who} restored.`;
	}
}

function nothing(act: BulkAct, name: string): string {
	switch (act.type) {
		case 'add':
			return act.to === 'tag'
				? `All of them had “${name}” already.`
				: `All of them were in “${name}” already.`;
		case 'remove':
			return act.from === 'tag' ? `None of them had “${name}”.` : `None of them was in “${name}”.`;
		case 'archive':
			return 'All of them were archived already.';
		case 'restore':
			return 'None of them was archived.';
	}
}
