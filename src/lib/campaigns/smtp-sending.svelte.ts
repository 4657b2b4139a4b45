import type { App } from '$lib/app.svelte';
import type { Team } from '$lib/sync/team.svelte';
import type { HandOverAsk } from './hand-over/ask';
import type { CampaignRun } from './run/run';
import { Sending } from './sending/sending.svelte';

/** Those of this page, by the ids of their runs: they go on whichever page is shown. */
const known = new Map<string, Promise<Sending>>();

/** The sending of a frozen audience through the mail server of the team's relay; nothing where there is none. */
export async function smtpSending(app: App, run: CampaignRun): Promise<Sending | undefined> {
	const { team } = app;
	const relay = team?.membership?.relay;
	if (!team || relay === undefined) return;
	const opening = known.get(run.id) ?? open(app, run, team, relay);
	known.set(run.id, opening);
	// What could not be read is read again by who asks next.
	opening.catch(() => known.delete(run.id));
	return opening;
}

async function open(app: App, run: CampaignRun, team: Team, relay: string): Promise<Sending> {
	const { mailLine } = await import('$lib/sync/mail');
	const ask = run.frozen.definition as HandOverAsk;
	const sending = new Sending({
		...{ run: run.id, ref: run.ref, sender: ask.sender.address },
		worker: {
			claimRecipients: (...given) => app.ask('claimRecipients', ...given),
			settleRecipients: (...given) => app.ask('settleRecipients', ...given),
			leftRecipients: (...given) => app.ask('leftRecipients', ...given),
			sendingCounts: (...given) => app.ask('sendingCounts', ...given),
			unsureRecipients: (...given) => app.ask('unsureRecipients', ...given),
			sendUnsureAgain: (...given) => app.ask('sendUnsureAgain', ...given),
			leaveUnsure: (...given) => app.ask('leaveUnsure', ...given)
		},
		render: (due) => app.ask('dueMessages', run.id, ask, due),
		line: () => mailLine(relay, team.token)
	});
	await sending.look();
	return sending;
}

/** From which addresses the relay sends messages; nothing where it does not, or cannot be reached. */
export async function mailOffer(team: Team): Promise<readonly string[] | undefined> {
	const found = await team.capabilities();
	return found.ok ? found.value.mail?.senders : undefined;
}
