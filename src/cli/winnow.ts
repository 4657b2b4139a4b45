/** `npm run winnow -- COMMAND WORKSPACE …`: a workspace in a shell, on PGlite or a server's Postgres. */
import { run } from './commands';

// Whoever reads it may have had enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error;
	process.exit();
});

process.exitCode = await run(process.argv.slice(2), {
	out: (text) => void process.stdout.write(text),
	err: (text) => void process.stderr.write(text),
	passphrase: process.env.WINNOW_PASSPHRASE
});
