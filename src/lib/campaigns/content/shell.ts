import { escapeHtml } from './pieces';

/** What stands before and behind what a message says, so that it is a document of its own that asks nothing of the net. */
export interface Shell {
	head(subject: string, preview: string): string;
	readonly foot: string;
}

/** Keeps mail programs from showing the first lines of the text behind the preview. */
const filler = '&zwnj;&nbsp;'.repeat(60);

const font =
	"font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5";

export function shellIn(locale: string): Shell {
	const begin = `<!doctype html>
<html lang="${escapeHtml(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>`;
	const body = `</title>
</head>
<body style="margin:0;padding:0">
`;
	const open = `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr><td align="left" style="${font}">
`;
	return {
		head: (subject, preview) =>
			begin +
			escapeHtml(subject) +
			body +
			(preview
				? `<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px">${escapeHtml(preview)}${filler}</div>\n`
				: '') +
			open,
		foot: '\n</td></tr></table>\n</td></tr></table>\n</body>\n</html>\n'
	};
}
