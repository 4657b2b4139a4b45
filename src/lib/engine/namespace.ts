/** The prefix of a workspace's names, from the folder the app is served in: copies in two folders keep apart. */
export function namespaceOf(folder: string): string {
	return ['winnow', ...folder.split('/').filter(Boolean)].join('-');
}
