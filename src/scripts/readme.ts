/** `npm run readme`: writes into the README what it says about the code, after a kind or an operator has changed. */
import { readFile, writeFile } from 'node:fs/promises';
import { withRules } from './rules-table';

const readme = 'README.md';
await writeFile(readme, withRules(await readFile(readme, 'utf8')));
