import type { App } from '$lib/app.svelte';
import type { Workspace } from '$lib/workspace/workspace.svelte';
import type { NewDefinitions } from './discovery';

/**
 * Brings into the workspace document what imports have defined and the document does not know: a tab may have been closed
 * between the two. Called once when the app is open.
 */
export async function adoptImports(app: Pick<App, 'ask' | 'workspace'>): Promise<void> {
	for (const { id, definitions } of await app.ask('importsToAdopt'))
		await adopt(app, id, definitions);
}

/** Brings what one import has defined into the workspace document, and notes that it is there. */
export async function adopt(
	{ ask, workspace }: Pick<App, 'ask' | 'workspace'>,
	id: string,
	{ fields, tags, lists, eventTypes }: NewDefinitions
): Promise<void> {
	const { definitions } = workspace;
	for (const field of fields) workspace.putField(withOptionsOf(field, workspace));
	for (const { id, name } of tags) if (!definitions.tags.has(id)) workspace.putTag(id, name);
	for (const { id, name } of lists) if (!definitions.lists.has(id)) workspace.putList(id, name);
	for (const { id, name, properties } of eventTypes) {
		const known = definitions.eventTypes.get(id);
		if (!known && name !== undefined)
			workspace.putEventType({ id, name, properties: [...properties] });
		else
			for (const property of properties)
				if (!known?.properties.some((one) => one.id === property.id))
					workspace.putEventProperty(id, property);
	}
	// A document that may not be written to learns of it the next time.
	if (!workspace.readOnly) await ask('importAdopted', id);
}

/** A field with the choices that others gave it meanwhile. */
function withOptionsOf(
	field: NewDefinitions['fields'][number],
	{ definitions }: Pick<Workspace, 'definitions'>
): NewDefinitions['fields'][number] {
	const known = definitions.fields.get(field.id);
	if (!known) return field;
	const options = new Map(
		[...(known.options ?? []), ...(field.options ?? [])].map((option) => [option.id, option])
	);
	return options.size > 0 ? { ...known, options: [...options.values()] } : known;
}
