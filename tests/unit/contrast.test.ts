import { readFileSync } from 'node:fs';
import { wcagContrast } from 'culori';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../src/lib/ui/tokens.css', import.meta.url), 'utf8');
/** Without the blocks that replace tokens for print or more contrast. */
const plain = css.slice(0, css.indexOf('@media'));

const papers = ['paper-0', 'paper-1', 'paper-2', 'surface'];

/** Text on what it may stand on: at least 4.5. */
const text: readonly (readonly [string, readonly string[]])[] = [
	['ink-1', [...papers, 'petrol-wash', 'brick-wash', 'k-attr-wash', 'warn-wash', 'ok-wash']],
	['ink-2', [...papers, 'petrol-wash', 'k-attr-wash', 'warn-wash', 'brick-wash']],
	['ink-3', [...papers, 'petrol-wash']],
	['petrol', [...papers, 'petrol-wash']],
	['petrol-hover', papers],
	['on-petrol', ['petrol', 'petrol-hover']],
	['brick', [...papers, 'brick-wash', 'petrol-wash']],
	['on-manila', ['manila']],
	['k-attr', ['k-attr-wash', 'paper-0', 'surface']],
	['k-event', ['k-event-wash', 'paper-0', 'surface']],
	['k-group', ['k-group-wash', 'paper-0', 'surface']],
	['k-consent', ['k-consent-wash', 'paper-0', 'surface']],
	['warn', ['warn-wash', 'paper-0', 'surface']],
	['ok', ['ok-wash', 'paper-0', 'surface']],
	// A toast is drawn the other way round.
	['paper-0', ['ink-1']]
];

/** Borders of controls, the focus ring and the stream: at least 3. */
const shapes: readonly (readonly [string, readonly string[]])[] = [
	['line-2', ['paper-0', 'paper-1', 'surface']],
	['focus', [...papers, 'petrol-wash']],
	['petrol', ['paper-0', 'petrol-wash']]
];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
	test.each(pairs(text))('%s can be read on %s', (front, back) => {
		expect(wcagContrast(colour(front, theme), colour(back, theme))).toBeGreaterThanOrEqual(4.5);
	});

	test.each(pairs(shapes))('%s can be seen on %s', (front, back) => {
		expect(wcagContrast(colour(front, theme), colour(back, theme))).toBeGreaterThanOrEqual(3);
	});
});

function pairs(list: readonly (readonly [string, readonly string[]])[]): [string, string][] {
	return list.flatMap(([front, backs]) => backs.map((back): [string, string] => [front, back]));
}

function colour(name: string, theme: 'light' | 'dark'): string {
	const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(plain)?.[1];
	if (value === undefined) throw new Error(`There is no token --${name}.`);
	const alias = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
	if (alias !== undefined) return colour(alias, theme);
	const [, light, dark] = /^light-dark\((#\w+), (#\w+)\)$/.exec(value) ?? [];
	if (light === undefined || dark === undefined)
		throw new Error(`--${name} is not a pair: ${value}`);
	return theme === 'light' ? light : dark;
}
