import { compileRule } from '$lib/rules/compile';
import type { Rule } from '$lib/rules/rule';
import { inline } from '$lib/sql';
import type { Moment } from '$lib/time/moment';
import { prettySql } from './pretty-sql';

/** A rule as a statement that gives its members' numbers, with its values written in, laid out to be read. */
export const sqlOf = (rule: Rule, moment: Moment): string =>
	`${prettySql(inline(compileRule(rule, moment)))};`;
