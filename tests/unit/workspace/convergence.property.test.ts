import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { canonical } from '$lib/json';
import { compileRule } from '$lib/rules/compile';
import { isMember } from '$lib/rules/oracle';
import { parseRule } from '$lib/rules/parse';
import { nodesOf, type DraftGroup } from '$lib/rules/rule';
import { registersOf } from '$lib/workspace/registers';
import { readVersions, savedBeside } from '$lib/workspace/versions';
import { definitions, moment, people } from '../../fixtures/people';
import { draftOf } from '../../fixtures/workspace/devices';
import { acts, Fleet, Log, s, type Step } from '../../fixtures/workspace/fleet';

const Steps = fc.array(
	fc.record({
		device: fc.nat(2),
		act: fc.constantFrom(...acts),
		pick: fc.nat(1000),
		other: fc.nat(1000),
		index: fc.nat(4)
	}),
	{ minLength: 20, maxLength: 80 }
);

// Seconds where nothing else runs; a busy machine takes several times that.
vi.setConfig({ testTimeout: 120_000 });

const runs = 500;
const log = new Log();

/** A fleet after such a history, with its own log; `each` is asked after every step. */
function lived(steps: readonly Step[], each: (fleet: Fleet) => void = () => {}): Fleet {
	const fleet = new Fleet();
	let at = 0;
	for (const step of steps) {
		// Half an hour later, what a draft was is kept.
		at += step.act === 'wait' ? 31 * 60_000 : 1;
		fleet.perform(step, at);
		each(fleet);
	}
	fleet.meet();
	for (const [what, times] of fleet.log.happened)
		log.happened.set(what, (log.happened.get(what) ?? 0) + times);
	return fleet;
}

/** Parsed and compiled as it would be asked of the database, or why it cannot be. */
function sqlOf(rule: DraftGroup | undefined): string {
	const parsed = rule && parseRule(rule, definitions, s);
	if (!parsed?.ok) return canonical(parsed?.error ?? 'none');
	const { strings, values } = compileRule(parsed.value, moment);
	return canonical([strings, values]);
}

const membersOf = (rule: DraftGroup) => {
	const parsed = parseRule(rule, definitions, s);
	if (!parsed.ok) return parsed.error;
	return people.filter((person) => isMember(parsed.value, person, moment)).map(({ name }) => name);
};

it.each([1, 2])(
	'three devices that edit, save, merge, reload and begin anew end alike, with no node lost or doubled (%i)',
	(seed) => {
		fc.assert(
			fc.property(Steps, (steps) => {
				const { devices, log } = lived(steps);
				const [first, ...others] = devices.map((device) => ({
					segment: device.segment,
					projection: draftOf(device.doc, s),
					sql: [sqlOf(device.segment.draft), sqlOf(device.segment.saved)]
				}));
				for (const other of others) expect(other).toEqual(first);
				const { rule, detached } = first!.projection;
				const shown = [rule, ...detached].flatMap((draft) =>
					[...nodesOf(draft)].map(({ id }) => id as string)
				);
				expect(shown.toSorted()).toEqual(['root', ...devices[0]!.bodies()].toSorted());
				const gone = [...log.added].filter((id) => !log.removed.has(id) && !shown.includes(id));
				expect(gone).toEqual([]);
			}),
			{ seed: 1000 + seed, numRuns: runs }
		);
	}
);

it('what counts is at every moment, on every device, a rule that some device saved so', () => {
	fc.assert(
		fc.property(Steps, (steps) => {
			const fleet = lived(steps, ({ devices, log }) => {
				for (const { segment } of devices) {
					const { savedVersion } = segment;
					if (!savedVersion) continue;
					const { rule } = log.saved.get(savedVersion.id)!;
					expect(savedVersion.rule).toEqual(rule);
				}
			});
			for (const { segment } of fleet.devices) {
				if (!segment.savedVersion) continue;
				const { rule } = fleet.log.saved.get(segment.savedVersion.id)!;
				expect(membersOf(segment.saved!)).toEqual(membersOf(rule));
			}
		}),
		{ seed: 2000, numRuns: runs / 2 }
	);
});

it('a draft that nobody has seen asks for a look, on every device and at every moment', () => {
	fc.assert(
		fc.property(Steps, (steps) => {
			lived(steps, ({ devices, log }) => {
				for (const device of devices)
					if (!device.segment.merged) expect(log.seen).toContain(device.draft);
			});
		}),
		{ seed: 3000, numRuns: runs / 2 }
	);
});

it('of what was saved at once one counts, and the history has the others and says so', () => {
	fc.assert(
		fc.property(Steps, (steps) => {
			const { devices, log } = lived(steps);
			const { savedVersion } = devices[0]!.segment;
			if (!savedVersion) return;
			const versions = readVersions(registersOf(devices[0]!.doc), s);
			const saved = versions.filter(({ why }) => why === 'saved').map(({ id }) => id);
			expect(saved.toSorted()).toEqual([...log.saved.keys()].toSorted());
			const known = log.saved.get(savedVersion.id)!.known;
			const beside = saved.filter((id) => id !== savedVersion.id && !known.includes(id));
			const outlived = beside.flatMap((id) => log.saved.get(id)!.known);
			const saidBy = (id: string) =>
				JSON.stringify(versions.find((one) => one.id === id)!.rule, (key, value: unknown) =>
					key === 'id' ? undefined : value
				);
			expect(
				savedBeside(versions, savedVersion.id)
					.map(({ id }) => id)
					.toSorted()
			).toEqual(
				beside
					.filter((id) => !outlived.includes(id) && saidBy(id) !== saidBy(savedVersion.id))
					.toSorted()
			);
			if (beside.length > 0) log.count('saved at once');
		}),
		{ seed: 4000, numRuns: runs / 2 }
	);
});

it('all that these histories are about did happen in them, many times', () => {
	const times = (what: string) => log.happened.get(what) ?? 0;
	for (const what of ['merged', 'met', 'epoch', 'conflict', 'save', 'refused: NotLookedAt'])
		expect([what, times(what) > 100]).toEqual([what, true]);
});
