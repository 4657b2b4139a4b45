import { parseArgs } from 'node:util';
import { compileRule } from '$lib/rules/compile';
import { explainRule } from '$lib/rules/explain';
import { languages, type LanguageId } from '$lib/rules/language';
import { loadLanguage } from '$lib/rules/load-language';
import { describeLint, lintRule } from '$lib/rules/lint';
import { plural } from '$lib/rules/phrase';
import { inline, sql } from '$lib/sql';
import { defaultFormat, fileWriter } from '$lib/exports/format';
import { instantOf } from '$lib/fields/value';
import type { Moment } from '$lib/time/moment';
import { BadSource } from '$lib/portable/source';
import { unload } from '$lib/portable/unload';
import { isThere, mostSessions, open, openMore, type OpenDatabase } from './database';
import { evaluateSegments, type Evaluated } from './evaluate';
import { exportTo, isForm, peopleIn } from './export';
import { load } from './load';
import { openSource, type SourceOnDisk } from './source';
import { chosen, readSegment, readWorkspace, type Workspace } from './workspace';

const usage = `npm run winnow -- evaluate WORKSPACE [--segment NAME|ID]… [--format json|ids|csv]
npm run winnow -- explain WORKSPACE [--segment NAME|ID]… [--language en|de]
npm run winnow -- check WORKSPACE
npm run winnow -- import WORKSPACE --database …
npm run winnow -- export WORKSPACE --to FILE [--database PLACE]

WORKSPACE is a .json or .ndjson file, or a folder with workspace.json, contacts.csv and events.csv. An encrypted file
(.winnow) opens with the passphrase in the environment variable WINNOW_PASSPHRASE.
--segment NAME|ID   one segment; may be said more than once. Without it: all that are not archived.
--all               the same, said aloud.
--now ISO           the instant it is asked of, such as 2026-01-31T12:00:00Z. Without it: now.
--database PLACE    postgres://… or a folder for PGlite. Without it: PGlite in memory.
--to FILE           where to: .json, .ndjson, or a folder. With --database: what that holds, with WORKSPACE's definitions.
--language LANGUAGE en or de: what explain says rules and their issues in.
--format FORMAT     json (the whole answer), ids (one uid a line; for one segment) or csv.`;

const commands = { evaluate, explain, check, import: importAll, export: exportAll };

/** Where a command is run. */
export interface Shell {
	/** Writes to the standard output, and to the standard error output. */
	out(text: string): void;
	err(text: string): void;
	/** Of an encrypted file. */
	readonly passphrase: string | undefined;
}

interface Request {
	readonly shell: Shell;
	readonly source: SourceOnDisk;
	readonly workspace: Workspace;
	readonly moment: Moment;
	readonly database: string | undefined;
	readonly segments: readonly string[];
	readonly format: string;
	readonly to: string | undefined;
	readonly language: LanguageId;
}

/**
 * Does what the words after `npm run winnow --` say; gives the exit code. 0: done; 1: an issue; 2: it cannot be done. What
 * goes wrong by a person's doing is a sentence, not a stack.
 */
export async function run(words: readonly string[], shell: Shell): Promise<number> {
	try {
		return await perform([...words], shell);
	} catch (error) {
		if (!(error instanceof BadSource) && !isUsage(error)) throw error;
		shell.err(`${(error as Error).message}\n`);
		return 2;
	}
}

async function perform(args: string[], shell: Shell): Promise<number> {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: {
			segment: { type: 'string', multiple: true, default: [] },
			all: { type: 'boolean' }, // said or not: it is what happens without --segment
			now: { type: 'string', default: new Date().toISOString() },
			database: { type: 'string' },
			format: { type: 'string', default: 'json' },
			to: { type: 'string' },
			language: { type: 'string', default: languages[0] },
			help: { type: 'boolean', short: 'h' }
		}
	});
	const [name = '', path] = positionals;
	if (values.help) return print(shell, usage);
	if (!(name in commands) || path === undefined) throw new BadSource(usage);
	const now = instantOf(values.now);
	if (now === undefined)
		throw new BadSource(`--now ${values.now}: this is no instant such as 2026-01-31T12:00:00Z.`);
	const language = languages.find((id) => id === values.language);
	if (!language)
		throw new BadSource(`--language ${values.language}: there are ${languages.join(' and ')}.`);
	const source = await openSource(path, shell.passphrase);
	const workspace = readWorkspace(source);
	const { zone, weekStart } = workspace;
	return commands[name as keyof typeof commands]({
		...{ shell, source, workspace, moment: { now, zone, weekStart } },
		...{ database: values.database, segments: values.segment, format: values.format },
		...{ to: values.to, language }
	});
}

async function evaluate(request: Request): Promise<number> {
	const { workspace, moment, format } = request;
	const segments = chosen(workspace, request.segments);
	if (!['json', 'ids', 'csv'].includes(format))
		throw new BadSource(`--format ${format}: there are json, ids and csv.`);
	if (format === 'ids' && segments.length !== 1)
		throw new BadSource('--format ids is for one segment: say which with --segment.');
	return withDatabase(request, async (database) => {
		const read = segments.map((segment) => readSegment(segment, workspace));
		const more = await openMore(request.database, Math.min(segments.length, mostSessions) - 1);
		try {
			const answers = await evaluateSegments([database, ...more], read, moment);
			write(answers, request);
			return answers.some((answer) => 'issues' in answer) ? 1 : 0;
		} finally {
			for (const session of more) await session.close();
		}
	});
}

function write(answers: readonly Evaluated[], { shell, moment, format }: Request): void {
	if (format === 'json') {
		const { now, zone } = moment;
		print(shell, JSON.stringify({ now: new Date(now).toISOString(), zone, segments: answers }));
		return;
	}
	for (const answer of answers) {
		if ('issues' in answer) {
			for (const { message } of answer.issues) shell.err(`${answer.name}: ${message}\n`);
		} else if (format === 'ids') print(shell, answer.members.join('\n'));
	}
	if (format === 'csv') shell.out(csvOf(answers));
}

function csvOf(answers: readonly Evaluated[]): string {
	const file = fileWriter({ ...defaultFormat, bom: false });
	const rows = answers.flatMap((answer) =>
		'issues' in answer ? [] : answer.members.map((uid) => file.row([answer.id, uid]))
	);
	return file.begin(['segment', 'uid']) + rows.join('');
}

/** Each segment in words, as SQL, and how the database goes about it. */
async function explain(request: Request): Promise<number> {
	const { shell, workspace, moment } = request;
	const language = await loadLanguage(request.language);
	return withDatabase(request, async (database) => {
		let issues = 0;
		for (const segment of chosen(workspace, request.segments)) {
			const read = readSegment(segment, workspace, language);
			const { name, draft, rule, issues: found } = read;
			print(shell, `# ${name}\n${explainRule(draft, workspace.definitions, language)}\n`);
			issues += found.length;
			for (const { message } of found) print(shell, message);
			if (!rule || found.length > 0) continue;
			const statement = compileRule(rule, moment);
			const plan = await database.rows<{ 'QUERY PLAN': string }>(sql`explain ${statement}`);
			print(
				shell,
				`${inline(statement)};\n\n${plan.map((line) => line['QUERY PLAN']).join('\n')}\n`
			);
		}
		return issues > 0 ? 1 : 0;
	});
}

/** The issues of every segment, and beside them what is odd: that alone is no failure. */
async function check({ shell, workspace, segments, moment }: Request): Promise<number> {
	let issues = 0;
	for (const segment of chosen(workspace, segments)) {
		const read = readSegment(segment, workspace);
		for (const { node, message, repair } of read.issues) {
			print(shell, `${read.name} (${node}): ${message}`);
			if (repair !== undefined) print(shell, `\tRepair: ${repair}`);
		}
		for (const lint of lintRule(read.draft, workspace.definitions, moment)) {
			const note = describeLint(lint, read.draft, workspace.definitions);
			print(shell, `${read.name} (${lint.node}): note: ${note}`);
		}
		issues += read.issues.length;
	}
	print(shell, issues === 0 ? 'No issues.' : `${issues} ${issues === 1 ? 'issue' : 'issues'}.`);
	return issues > 0 ? 1 : 0;
}

async function importAll(request: Request): Promise<number> {
	if (request.database === undefined) throw new BadSource('import needs --database: where to?');
	return withDatabase(request, async (database) => {
		const [row] = await database.rows<{ contacts: number; events: number }>(
			sql`select (select count(*) from contact)::int as contacts, (select count(*) from event)::int as events`
		);
		return print(request.shell, counted(row!));
	});
}

/** Writes the workspace anew: with what the database holds, else with what its own file does. */
async function exportAll({
	shell,
	source,
	workspace,
	moment,
	database: place,
	to
}: Request): Promise<number> {
	if (to === undefined) throw new BadSource('export needs --to: where to?');
	if (!isForm(to)) throw new BadSource(`--to ${to}: name a .json or .ndjson file, or a folder.`);
	const { fields } = workspace.definitions;
	// As it stands in the file, with what this version does not know.
	const what = { workspace: source.workspace, fields, made: new Date(moment.now).toISOString() };
	if (place !== undefined && !isThere(place))
		throw new BadSource(`--database ${place}: there is no database in this folder.`);
	const database = place === undefined ? undefined : await open(place);
	try {
		const people = database ? unload(database) : peopleIn(source);
		const counts = await exportTo(to, what, people);
		return print(shell, counted(counts));
	} finally {
		await database?.close();
	}
}

/** Asks the database once the workspace's contacts and events are in it. */
async function withDatabase(
	{ source, workspace, moment, database: place }: Request,
	ask: (database: OpenDatabase) => Promise<number>
): Promise<number> {
	const database = await open(place);
	try {
		await load(database, source, workspace.definitions, new Date(moment.now).toISOString());
		return await ask(database);
	} finally {
		await database.close();
	}
}

const counted = ({ contacts, events }: { contacts: number; events: number }): string =>
	`${plural(contacts, 'contact')}, ${plural(events, 'event')}`;

function print({ out }: Shell, text: string): number {
	out(`${text}\n`);
	return 0;
}

function isUsage(error: unknown): boolean {
	return (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ?? false;
}
