import { expect, test } from 'vitest';
import { isWithin, sine } from '$lib/rules/conditions/place/distance';
import { euCountries } from '$lib/rules/conditions/place/eu';

const zurich = { latitude: 47.3769, longitude: 8.5417 };

/** In kilometres, from tables of distances between cities. */
test.each([
	['Bern', { latitude: 46.948, longitude: 7.4474 }, 95.5],
	['New York', { latitude: 40.7128, longitude: -74.006 }, 6321],
	['Sydney', { latitude: -33.8688, longitude: 151.2093 }, 16_563]
])('%s is as far from Zurich as it is', (_, city, km) => {
	expect(isWithin(city, zurich, km * 1.005)).toBe(true);
	expect(isWithin(city, zurich, km * 0.995)).toBe(false);
});

test('the way over the date line and the pole is the short one', () => {
	const east = { latitude: 0, longitude: 179.9 };
	const west = { latitude: 0, longitude: -179.9 };
	expect(isWithin(east, west, 22.3)).toBe(true);
	expect(isWithin(east, west, 22.2)).toBe(false);
	const poles = { latitude: 89.9, longitude: 0 };
	expect(isWithin(poles, { latitude: 89.9, longitude: 180 }, 22.3)).toBe(true);
	expect(isWithin({ latitude: 90, longitude: 12 }, { latitude: 90, longitude: -170 }, 0.001)).toBe(
		true
	);
});

test('what is no point is nowhere', () => {
	expect(isWithin({ latitude: 90.001, longitude: 0 }, zurich, 20_040)).toBe(false);
	expect(isWithin({ latitude: 0, longitude: -180.001 }, zurich, 20_040)).toBe(false);
	expect(isWithin({ latitude: -47.3769, longitude: -171.4583 }, zurich, 20_040)).toBe(true);
});

test('our sine is the sine, to the last digits', () => {
	for (let x = 0; x <= Math.PI / 2; x += 0.001)
		expect(Math.abs(sine(x) - Math.sin(x))).toBeLessThan(1e-15);
});

test('the European Union has 27 members, each once', () => {
	expect(new Set(euCountries).size).toBe(27);
	expect(euCountries).not.toContain('GB');
	expect(euCountries).not.toContain('CH');
});
