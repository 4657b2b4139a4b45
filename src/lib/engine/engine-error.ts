/**
 * - `GONE`: its worker went away before it answered, and the caller did not want it asked again
 * - `LATE`: no answer before the deadline, or the database was restarted by a person to stop it
 * - `FAILED`: there is no database; `engine.state` says why
 */
export type EngineErrorCode = 'GONE' | 'LATE' | 'FAILED';

/** Every call rejects with one of these, or with the database's own error: then `code` is its SQLSTATE, or `DEAD`. */
export interface CallError extends Error {
	code?: string;
	detail?: string;
}

export const engineError = (code: EngineErrorCode, message: string): CallError =>
	Object.assign(new Error(message), { code });

/** What crossed as a plain value is an Error again. */
export function errorOf(thrown: unknown): CallError {
	if (thrown instanceof Error) return thrown;
	const { message = String(thrown), ...rest } = thrown as Partial<CallError>;
	return Object.assign(new Error(message), rest);
}

/** Rejects with `LATE` when the answer takes longer than `milliseconds`. */
export function within<T>(milliseconds: number, answer: Promise<T>, what: string): Promise<T> {
	return new Promise((resolve, reject) => {
		const late = () => reject(engineError('LATE', `${what}: no answer in ${milliseconds} ms`));
		const timer = setTimeout(late, milliseconds);
		answer.then(resolve, reject).finally(() => clearTimeout(timer));
	});
}
