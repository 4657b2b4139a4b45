/**
 * Bytes of what a browser says is used that these parts are not. Browsers round what they say, and may not have counted
 * what was just written: never below zero.
 */
export const restOf = (usage: number, parts: readonly number[]): number =>
	Math.max(0, usage - parts.reduce((sum, bytes) => sum + bytes, 0));
