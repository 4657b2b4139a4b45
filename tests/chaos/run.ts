/**
 * `npm run chaos`: kills a real browser 50 times in the middle of writes, imports, migrations and takeovers of the built
 * app's database, and looks each time into what is left. `-- --kills 8 --seed 7 --only import` for other runs.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findBrowser } from '../e2e/browser';
import { chaos } from './chaos';
import { situations, summary } from './found';

const { values: given } = parseArgs({
	options: {
		kills: { type: 'string', default: '50' },
		seed: { type: 'string', default: '1' },
		only: { type: 'string' }
	}
});
if (!existsSync('build/index.html')) {
	console.error('There is nothing built. Run `npm run build` first.');
	process.exit(1);
}

const { executablePath } = await findBrowser();
const all = await chaos({
	executablePath,
	kills: Number(given.kills),
	seed: Number(given.seed),
	only: situations.find((one) => one === given.only),
	tell: (found, no) => console.log(`${no}. ${found}`)
});
console.log(summary(all));
process.exit(all.every((found) => found.isWhole) ? 0 : 1);
