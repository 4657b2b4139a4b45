import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect } from 'vitest';
import { editorOf } from '$lib/rules/conditions/editors';
import { kindOf, kindsByName, type Condition } from '$lib/rules/conditions/registry';
import type { EditorContext, RawCondition } from '$lib/rules/editing/editor';
import { definitions, moment } from '../../fixtures/people';

export const user = userEvent.setup();

export const context: EditorContext = {
	values: async () => ({
		values: [
			{ value: 'Spring', count: 4 },
			{ value: 'Winter', count: 1 }
		],
		more: false,
		among: 9,
		empty: 3
	}),
	known: async (_, values) => values.length - 1,
	count: async (rules) => rules.map(() => 7),
	moment,
	self: undefined
};

/** An editor that is given what it says, as the builder does. Gives what it said last. */
export function edit(
	condition: RawCondition,
	given: EditorContext = context
): { readonly condition: RawCondition } {
	const Editor = editorOf(condition.kind)!;
	const state = { condition };
	const { rerender } = render(Editor, {
		props: {
			condition,
			definitions,
			context: given,
			onchange(next: RawCondition) {
				state.condition = next;
				void rerender({ condition: next });
			}
		}
	});
	return state;
}

/** Opens a token's popover. */
export async function open(name: RegExp) {
	await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
	await user.click(screen.getByRole('button', { name }));
	return within(await screen.findByRole('dialog'));
}

/** Chooses what is called so from a token's list, with the keyboard. */
export async function choose(token: RegExp, label: string) {
	const panel = await open(token);
	await user.type(await panel.findByRole('combobox'), label);
	await panel.findAllByRole('option');
	await user.keyboard('{Enter}');
}

/** Chooses one more of several, with the keyboard. */
export async function add(token: RegExp, label: string) {
	await choose(token, label);
	await user.keyboard('{Escape}');
}

/** Types into the fields of a token's popover and closes it with Enter. */
export async function fill(token: RegExp, fields: Readonly<Record<string, string>>) {
	const panel = await open(token);
	for (const [label, text] of Object.entries(fields)) {
		const field = await panel.findByLabelText(label);
		await user.clear(field);
		await user.type(field, text);
	}
	await user.keyboard('{Enter}');
}

export function expectSound(condition: RawCondition) {
	const kind = kindsByName.get(condition.kind)!;
	const parsed = kind.schema.safeParse(condition);
	expect(parsed.error?.issues ?? []).toEqual([]);
	const sound = parsed.data as Condition;
	expect(kindOf(sound).problems(sound, definitions)).toEqual([]);
}
