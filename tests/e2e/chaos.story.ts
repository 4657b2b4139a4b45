import assert from 'node:assert/strict';
import { chaos } from '../chaos/chaos';
import { summary } from '../chaos/found';
import { findBrowser } from './browser';
import { story } from './harness';

// `npm run chaos` kills 50 times.
story(
	'a browser is killed five times, and nothing that was answered is lost',
	async () => {
		const { executablePath } = await findBrowser();
		const all = await chaos({ executablePath, kills: 5, seed: 5, tell: () => {} });
		assert.ok(
			all.every((found) => found.isWhole),
			all.join('\n')
		);
		assert.equal(summary(all), '5 kills: 0 corrupt, 0 acknowledged writes lost, 0 half imports');
	},
	{ patience: 300_000 }
);
