/** The last errors of this browser, for "Copy details". Kept in localStorage, without personal data. */
export interface KeptError {
	/** ISO 8601 */
	readonly at: string;
	/** What was going on: `render`, `promise`, `script`, … */
	readonly where: string;
	readonly message: string;
	readonly code?: string;
	readonly stack?: string;
}

const KEY = 'winnow:errors';
const KEPT = 200;

export function keepError(where: string, thrown: unknown): void {
	const { message, code, stack } = (
		typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }
	) as { message?: unknown; code?: unknown; stack?: unknown };
	const error: KeptError = {
		at: new Date().toISOString(),
		where,
		message: withoutPeople(String(message)),
		...(typeof code === 'string' ? { code } : {}),
		...(typeof stack === 'string' ? { stack: framesOf(stack) } : {})
	};
	try {
		localStorage.setItem(KEY, JSON.stringify([...keptErrors(), error].slice(-KEPT)));
	} catch {
		// Storage is refused or full. The console has the error; there is nowhere else to put it.
	}
}

export function keptErrors(): readonly KeptError[] {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
		return Array.isArray(kept) ? (kept as KeptError[]) : [];
	} catch {
		return [];
	}
}

/** Databases and parsers quote the value they stumbled over, which may be somebody's. */
export function withoutPeople(message: string): string {
	return message
		.replace(/"[^"]*"|“[^”]*”|'[^']*'|\([^()]*\)=\([^()]*\)/g, '…')
		.replace(/[^\s<>]+@[^\s<>]+/g, '…')
		.replace(/\d{5,}/g, '…')
		.slice(0, 300);
}

/** Where, without the message, which a stack repeats in its first lines. */
const framesOf = (stack: string) =>
	stack
		.split('\n')
		.filter((line) => /^\s+at |@\S+:\d+:\d+$/.test(line))
		.slice(0, 8)
		.join('\n');
