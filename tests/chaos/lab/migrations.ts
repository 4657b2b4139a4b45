import { migrations as all } from '../../../src/lib/db/migrations';

const only = new URL(import.meta.url).searchParams.get('migrations');
const inOrder = [...all].sort((a, b) => a.version - b.version);

/** The app's migrations; with `?migrations=2` in the worker's address the first two, as an earlier version had them. */
export const migrations = inOrder.slice(0, only === null ? inOrder.length : Number(only));
