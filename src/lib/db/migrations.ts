import { migrationOf } from './migrate';

const scripts = import.meta.glob<string>('./migrations/*.sql', {
	query: '?raw',
	import: 'default',
	eager: true
});

/** Every migration, as it is built into the app. */
export const migrations = Object.entries(scripts).map(([path, text]) => migrationOf(path, text));
