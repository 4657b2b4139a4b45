/** `npm run readme`: writes into the README what it says about the code, after a kind or an operator has changed. */
import { readFile, writeFile } from 'node:fs/promises';
import { withRules } from './rules-section';

const readme = 'README.md';
await writeFile(readme, await withRules(await readFile(readme, 'utf8')));
