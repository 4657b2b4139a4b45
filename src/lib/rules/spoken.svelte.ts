import { Preference } from '$lib/ui/preference.svelte';
import { english } from './english';
import { languages, type Language, type LanguageId } from './language';
import { loadLanguage } from './load-language';

/** The language this device says rules in. English stands in until another one has arrived. */
class Spoken {
	readonly #choice = new Preference('language', languages);
	#arrived = $state.raw<Partial<Record<LanguageId, Language>>>({ en: english });

	get choice(): LanguageId {
		return this.#choice.current;
	}

	get current(): Language {
		const known = this.#arrived[this.choice];
		// It may be another tab that chose it.
		if (!known) void this.load();
		return known ?? english;
	}

	choose(id: LanguageId): Promise<void> {
		this.#choice.set(id);
		return this.load();
	}

	/** Fetches what was chosen. Where that cannot be had now, English goes on. */
	async load(): Promise<void> {
		const id = this.choice;
		if (this.#arrived[id]) return;
		const language = await loadLanguage(id).catch(() => undefined);
		if (language) this.#arrived = { ...this.#arrived, [id]: language };
	}
}

export const spoken = new Spoken();
