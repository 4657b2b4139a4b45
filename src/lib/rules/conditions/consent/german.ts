import { sayWindow } from '../../operators/german/window';
import { value, type Phrase } from '../../phrase';
import type { InGerman } from '../german-kind';
import type { ConsentCondition } from './consent';

/** "ist für E-Mails angemeldet, mit Datum in den letzten 7 Tagen" */
export const consent: InGerman<ConsentCondition> = ({ channel, is, state, window }) => [
	...sayState(state, is, channelNames[channel]),
	...(window ? [', mit Datum ', ...sayWindow(window)] : [])
];

function sayState(state: ConsentCondition['state'], is: boolean, channel: string): Phrase {
	const so = is ? 'ist ' : 'ist nicht ';
	switch (state) {
		case 'subscribed':
			return [so, value(`für ${channel} angemeldet`)];
		case 'unsubscribed':
			return [so, value(`von ${channel} abgemeldet`)];
		case 'pending':
			return [is ? 'hat eine ' : 'hat keine ', value(`ausstehende Anmeldung für ${channel}`)];
		case 'never':
			return [
				is ? 'wurde nie ' : 'wurde schon einmal ',
				value(`um Einwilligung zu ${channel} gebeten`)
			];
	}
}

const channelNames: Readonly<Record<ConsentCondition['channel'], string>> = {
	email: 'E-Mails',
	sms: 'SMS'
};
