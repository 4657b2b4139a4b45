import * as z from 'zod/mini';
import { isZone } from '$lib/time/zone';
import type { Edit } from './gesture';
import { readRegister, type BrokenRegister, type Registers } from './registers';

export interface Settings {
	readonly name: string;
	/** IANA name, such as `Europe/Zurich`; one that this browser knows. */
	readonly zone: string;
	/** Monday is 1, Sunday 7. */
	readonly weekStart: number;
	/** ISO 4217, such as `EUR`. */
	readonly currency: string;
	/** For how many months it is kept who entered and left segments; null for ever. */
	readonly historyMonths: number | null;
	/** For how many months each device keeps what was done on it; null for ever. */
	readonly logMonths: number | null;
}

export const defaultSettings: Settings = {
	name: 'My workspace',
	zone: 'UTC',
	weekStart: 1,
	currency: 'EUR',
	historyMonths: 13,
	logMonths: 13
};

/** The workspace's settings. What is not set, or does not read, is as in `defaultSettings`. */
export function readSettings(registers: Registers, issues: BrokenRegister[] = []): Settings {
	const read = <K extends keyof Settings>(key: K): Settings[K] => {
		// TypeScript cannot tie the schema looked up to the setting it is of; the table's type does.
		const schema = settingSchemas[key] as unknown as z.ZodMiniType<Settings[K]>;
		const value = readRegister(registers, 'settings', key, schema, issues);
		return value === undefined ? defaultSettings[key] : value;
	};
	return {
		name: read('name'),
		zone: read('zone'),
		weekStart: read('weekStart'),
		currency: read('currency'),
		historyMonths: read('historyMonths'),
		logMonths: read('logMonths')
	};
}

/** Changes the settings given; the others stay. */
export function putSettings(edit: Edit, settings: Partial<Settings>): void {
	for (const [key, value] of Object.entries(settings)) edit.write('settings', key, value);
}

/** What each setting may be, wherever it stands. */
export const settingSchemas: { [K in keyof Settings]: z.ZodMiniType<Settings[K]> } = {
	name: z.string().check(z.minLength(1)),
	zone: z.string().check(z.refine(isZone, 'is no time zone')),
	weekStart: z.int().check(z.minimum(1), z.maximum(7)),
	currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
	historyMonths: z.nullable(z.int().check(z.minimum(1))),
	logMonths: z.nullable(z.int().check(z.minimum(1)))
};
