import { expect, test } from 'vitest';
import { repairedState } from '$lib/engine/pool-state';

const state = '{"root":{},"pool":["a"]}';
const change = '{"opp":"createPoolFile","args":["b"]}';

test.each([
	['what is sound stays', `${state}\n${change}\n`, '{"older":1}', undefined],
	['a new one is not repaired', '', '', undefined],
	['an emptied state comes back from its copy', '', state, state],
	['and so does one that was written in part', state.slice(0, 9), state, state],
	['a copy that was written in part is of no use', '', state.slice(0, 9), undefined],
	['a change cut short is dropped', `${state}\n${change}\n{"op`, '', `${state}\n${change}\n`]
])('%s', (_, text, copy, repaired) => {
	expect(repairedState(text, copy)).toBe(repaired);
});
