import { expect, test } from 'vitest';
import { isSafari } from '$lib/storage/safari';

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const mac = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit}`;
const phone = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${webkit}`;
const android = 'Mozilla/5.0 (Linux; U; Android 4.4; en) AppleWebKit/534.30 (KHTML, like Gecko)';

test('Safari is told from those that only name it', () => {
	expect(
		[
			`${mac} Version/18.1 Safari/605.1.15`,
			`${phone} Version/18.0 Mobile/15E148 Safari/604.1`,
			`${mac} Chrome/131.0.0.0 Safari/537.36`,
			`${mac} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
			`${phone} CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1`,
			`${android} Version/4.0 Mobile Safari/534.30`,
			'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0'
		].map(isSafari)
	).toEqual([true, true, false, false, false, false, false]);
});
