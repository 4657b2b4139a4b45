import type { Condition } from '../../../src/lib/rules/conditions/registry';
import { group, leaf, type Match, type Rule } from '../../../src/lib/rules/rule';
import * as winnow from './conditions';
import { moment, secondsAgo } from './moment';
import { typeNo } from './tables';

/** Rules that differ only in how the same conditions are put together, as after an edit of groups. */
type Tree = Name | readonly [Match, Tree, ...Tree[]];

interface Part {
	readonly condition: Condition;
	/** The same in SQL: the numbers of those it holds for. */
	readonly set: string;
	/** The same of a row of `contact`. */
	readonly test: string;
}

const ofEvents = (condition: Condition, set: string): Part => ({
	condition,
	set,
	test: `cno in (${set})`
});
const ofContact = (condition: Condition, test: string): Part => ({
	condition,
	set: `select cno from contact where ${test}`,
	test
});
const since = (type: keyof typeof typeNo, at: number) =>
	`select cno from event where type = ${typeNo[type]} and happened >= ${at}`;
const halfYear = Date.UTC(2025, 6, 1) / 1000;

const parts = {
	subscribed: ofContact(winnow.isSubscribed, `consent = 'subscribed'`),
	near: ofContact(winnow.livesIn('CH', 'DE', 'AT'), `country in ('CH', 'DE', 'AT')`),
	opened: ofEvents(
		winnow.did('email_opened', winnow.inLast(30), 3),
		`${since('email_opened', secondsAgo(30))} and happened <= ${moment.now / 1000} group by cno having count(*) >= 3`
	),
	carted: ofEvents(
		winnow.did('cart_added', winnow.inLast(30)),
		since('cart_added', secondsAgo(30))
	),
	ordered: ofEvents(
		winnow.did('order_placed', winnow.inLast(6, 'month')),
		since('order_placed', halfYear)
	),
	listed: ofEvents(winnow.isInList('List 1'), `select cno from list_member where list = 'List 1'`)
} satisfies Record<string, Part>;
type Name = keyof typeof parts;

const trees: readonly Tree[] = [
	['all', 'subscribed', 'near', 'opened'],
	['any', 'opened', 'carted', 'ordered'],
	['all', 'subscribed', ['any', 'opened', 'carted'], ['none', 'ordered']],
	['all', ['any', 'subscribed', 'near'], ['any', 'carted', 'ordered'], ['none', 'listed']],
	['none', 'opened', 'carted', 'ordered'],
	['any', ['all', 'near', 'ordered'], ['all', 'subscribed', 'carted', 'listed']]
];

export interface Structure {
	readonly rule: Rule;
	/** Two plans for the same count, of which Postgres gets to take its faster one. */
	readonly sql: readonly string[];
}

export const structures: readonly Structure[] = trees.map((tree) => ({
	rule: ruleOf(tree),
	sql: [
		`select count(*) as n from (${setOf(tree)}) as member`,
		`select count(*) as n from contact where ${testOf(tree)}`
	]
}));

function ruleOf(tree: Tree): Rule {
	if (typeof tree === 'string') return leaf(parts[tree].condition);
	const [match, first, ...rest] = tree;
	return group(match, [ruleOf(first), ...rest.map(ruleOf)]);
}

function setOf(tree: Tree): string {
	if (typeof tree === 'string') return parts[tree].set;
	const [match, ...children] = tree;
	const sets = children.map((child) => `(${setOf(child)})`);
	if (match === 'all') return sets.join(' intersect ');
	if (match === 'any') return sets.join(' union ');
	return `select cno from contact except (${sets.join(' union all ')})`;
}

function testOf(tree: Tree): string {
	if (typeof tree === 'string') return parts[tree].test;
	const [match, ...children] = tree;
	const tests = children.map((child) => `(${testOf(child)})`);
	if (match === 'none') return `not (${tests.join(' or ')})`;
	return tests.join(match === 'all' ? ' and ' : ' or ');
}
