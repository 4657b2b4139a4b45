import { english } from './english';
import type { Language, LanguageId } from './language';

/** A language by its id. All but English are fetched when they are first asked for. */
export async function loadLanguage(id: LanguageId): Promise<Language> {
	switch (id) {
		case 'en':
			return english;
		case 'de':
			return (await import('./german')).german;
	}
}
