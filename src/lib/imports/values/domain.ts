/** Slips in the domains of large mail services, by what is meant. */
const slips: Readonly<Record<string, string>> = {
	'gmail.com':
		'gmial.com gmai.com gmal.com gamil.com gmil.com gnail.com gmaill.com gmali.com gmaio.com gmail.con gmail.co gmail.cm gmail.comm gmail.om gmail.ocm ggmail.com gimail.com',
	'googlemail.com': 'googlemial.com googlmail.com googelmail.com googlemail.con',
	'hotmail.com':
		'hotmial.com hotmal.com hotmai.com hotmil.com hotamil.com hotnail.com homail.com hotmaill.com hotmail.con hotmail.co hotmail.cm',
	'outlook.com':
		'outlok.com outloo.com outlook.con outllok.com outlool.com oulook.com outlook.co otlook.com',
	'yahoo.com': 'yaho.com yahooo.com yhoo.com yahho.com yahoo.con yahoo.cm yaoo.com',
	'icloud.com': 'iclould.com icould.com iclod.com icloud.con icloud.co',
	'protonmail.com': 'protonmial.com protonmai.com protonmail.con',
	'live.com': 'live.con',
	'aol.com': 'aol.con',
	'gmx.net': 'gmx.ent gmx.ney',
	'gmx.de': 'gmx.ed',
	'web.de': 'web.ed',
	't-online.de': 't-onlin.de t-onlien.de t-onlne.de',
	'bluewin.ch': 'bluewin.hc blewin.ch bluwin.ch'
};

const meantBy = new Map(
	Object.entries(slips).flatMap(([meant, written]) =>
		written.split(' ').map((domain) => [domain, meant] as const)
	)
);

/** The domain of an address and the one it is most likely meant as, if it is a common slip. */
export function misspeltDomain(email: string): { domain: string; meant: string } | undefined {
	const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
	const meant = meantBy.get(domain);
	return meant === undefined ? undefined : { domain, meant };
}
