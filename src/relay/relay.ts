/** `npm run relay`: a relay for devices to meet at. The README says what it can be told. */
import { say, takeConsole, whyOf } from './say';
import { settingsFrom } from './settings';
import { startRelay, type Relay } from './start';

takeConsole();
const settings = settingsFrom(process.env, process.argv.slice(2));
if (!settings.ok) fail(settings.error.join('\n'));

const relay = await startRelay(settings.value).catch((error: unknown): Relay => fail(whyOf(error)));
// For people and for what started it; all else is said as lines of JSON on stderr.
process.stdout.write(`The relay is at ${relay.url}  (Ctrl+C stops it)\n`);
if (relay.newCreateToken)
	process.stdout.write(`To make a workspace here one must know: ${relay.newCreateToken}\n`);
process.send?.({ url: relay.url });

for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const)
	process.once(signal, () => void stop(signal));
// Started by another process, it goes when that does.
process.once('disconnect', () => void stop('disconnect'));

// What started it may be gone, and nobody there to read what is said. As an exception that would be said again, for ever.
for (const out of [process.stdout, process.stderr]) out.on('error', () => {});

// One request that we or a library did not foresee is no reason to drop everybody else's. What is acknowledged is on
// disk, and what is not is still with its device.
process.on('unhandledRejection', (error) =>
	say('error', 'not foreseen', { why: whyOf(error), where: stackOf(error) })
);
process.on('uncaughtException', (error) => {
	say('error', 'not foreseen', { why: whyOf(error), where: stackOf(error) });
	void stop('uncaughtException', 1);
});

let isStopping = false;

/** Once: a terminal tells the whole group, and then the one that started it is gone too. */
async function stop(why: string, code = 0): Promise<void> {
	if (isStopping) return;
	isStopping = true;
	say('info', 'stopping', { why });
	const isDone = await relay.stop();
	process.exit(isDone ? code : 1);
}

function fail(why: string): never {
	process.stderr.write(`The relay cannot start.\n${why}\n`);
	process.exit(1);
}

function stackOf(error: unknown): string | undefined {
	return error instanceof Error ? error.stack?.split('\n').slice(1, 4).join(' ') : undefined;
}
