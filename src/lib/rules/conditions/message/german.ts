import { unreachable } from '$lib/result';
import { sayTimes } from '../../operators/german/count';
import { both, either } from '../../operators/german/words';
import type { Phrase } from '../../phrase';
import { sayLastSends, sayThen, sayWhere } from '../event/german-words';
import type { InGerman } from '../german-kind';
import type { Activity } from './activities';
import type { MessageCondition } from './message';

interface ActivityWords {
	/** "hat", and what must come right after it. */
	readonly has: string;
	/** Before the email: what it asks for, and in which case it puts it. */
	readonly before: string;
	readonly dative: boolean;
	readonly done: string;
	readonly notDone: string;
}

const activities: Readonly<Record<Activity, ActivityWords>> = {
	sent: words('', 'gesendet bekommen'),
	delivered: words('', 'zugestellt bekommen'),
	opened: words('', 'geöffnet'),
	clicked: { ...words('in ', 'geklickt'), dative: true },
	bounced: {
		...words('bei ', 'einen Bounce gehabt'),
		dative: true,
		notDone: 'keinen Bounce gehabt'
	},
	complained: words('', 'als Spam gemeldet'),
	unsubscribed: { ...words('aus ', 'abgemeldet'), has: 'hat sich ', dative: true },
	replied: words('auf ', 'geantwortet')
};

function words(before: string, done: string): ActivityWords {
	return { has: 'hat ', before, dative: false, done, notDone: `nicht ${done}` };
}

/** "hat in diesem Jahr mindestens 1-mal die E-Mail WINTER oder Autumn geöffnet, Maschinen nicht mitgezählt" */
export const message: InGerman<MessageCondition> = (condition, definitions) => {
	const { activity, did, window, link, excludeMachines } = condition;
	const where = link && [{ property: 'link', of: 'text' as const, test: link }];
	return [
		activities[activity].has,
		...sayThen(window),
		...(did && condition.count ? [sayTimes(condition.count), ' '] : []),
		activities[activity].before,
		...emailsOf(condition),
		...(excludeMachines ? [', Maschinen nicht mitgezählt'] : []),
		...sayWhere(where, [`email_${activity}`], definitions)
	];
};

/** "eine E-Mail geöffnet", "keine der letzten 3 gesendeten E-Mails geöffnet", "die E-Mail WINTER nicht geöffnet" */
function emailsOf({ activity, emails, did }: MessageCondition): Phrase {
	const { dative, done, notDone } = activities[activity];
	const a = dative ? 'einer ' : 'eine ';
	const no = dative ? 'keiner ' : 'keine ';
	const the = dative ? 'der ' : 'die ';
	const sure = ` ${did ? done : notDone}`;
	switch (emails.which) {
		case 'any':
			return [`${did ? a : no}E-Mail ${done}`];
		case 'campaigns':
			return did || emails.campaigns.length === 1
				? [`${the}E-Mail `, ...either(emails.campaigns), sure]
				: [`${no}der E-Mails `, ...both(emails.campaigns), ` ${done}`];
		case 'lastSends':
			return emails.n === 1
				? [the, dative ? sayLastSends(1) : 'letzte gesendete E-Mail', sure]
				: [`${did ? a : no}der `, sayLastSends(emails.n), ` ${done}`];
		default:
			return unreachable(emails);
	}
}
