import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import MiniStream from '$lib/ui/MiniStream.svelte';
import Stream from '$lib/ui/Stream.svelte';
import VirtualRows from '$lib/ui/VirtualRows.svelte';
import { words } from './words';
import './ready';

afterEach(cleanup);

test('the stream is an ordered list, and its open step is marked', () => {
	render(Stream, {
		label: 'Steps',
		steps: [{ share: 1 }, { share: 0.4 }, { share: 0.1 }],
		row: words('a step'),
		current: 1
	});
	expect(screen.getByRole('list', { name: 'Steps' }).tagName).toBe('OL');
	const steps = screen.getAllByRole('listitem');
	expect(steps.map((step) => step.getAttribute('aria-current'))).toEqual([null, 'step', null]);
});

test('the miniature is silent: its row has the numbers', () => {
	const { container } = render(MiniStream, { shares: [1, 0.5] });
	expect(container.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
	expect(container.querySelector('path')?.getAttribute('d')).toMatch(/^M0 20L0 0/);
});

test('of a million rows, fewer than 60 are in the document', () => {
	// A tall screen, which jsdom does not have.
	const screenHeight = { configurable: true, get: () => 1440 };
	for (const name of ['offsetHeight', 'clientHeight']) {
		Object.defineProperty(HTMLElement.prototype, name, screenHeight);
	}
	const { container } = render(VirtualRows, {
		label: 'Contacts',
		count: 1_000_000,
		rowHeight: 28,
		row: words('a row')
	});
	const rows = container.querySelectorAll('[data-rows] > *').length;
	expect(rows).toBeGreaterThan(1440 / 28);
	expect(rows).toBeLessThanOrEqual(60);
});
