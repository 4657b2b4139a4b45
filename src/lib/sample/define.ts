import { putField, putList, putTag } from '$lib/workspace/edit-definitions';
import {
	createSegment,
	describeSegment,
	saveSegment,
	setBuilder
} from '$lib/workspace/edit-segment';
import type { Edit } from '$lib/workspace/gesture';
import { putSettings } from '$lib/workspace/settings';
import { sampleFields, sampleLists, sampleTags } from './definitions';
import { sampleSegments } from './segments';

/**
 * Writes what the sample's people are described by, and its segments, saved. All ids are the sample's own, so that two
 * tabs that do it at once write the same.
 */
export function defineSample(edit: Edit, now: number): void {
	putSettings(edit, { name: 'Sample: a stationery shop', currency: 'EUR' });
	for (const field of sampleFields) putField(edit, field);
	for (const [id, name] of Object.entries(sampleTags)) putTag(edit, id, name);
	for (const [id, name] of Object.entries(sampleLists)) putList(edit, id, name);
	for (const { id, name, description, rule } of sampleSegments(now)) {
		createSegment(edit, id, name, rule, () => {
			throw new Error(`A node of ${id} has no id of its own.`);
		});
		describeSegment(edit, id, description);
		setBuilder(edit, id, rule.children.some(({ type }) => type === 'group') ? 'visual' : 'basic');
		saveSegment(edit, id, `${id}-1`);
	}
}
