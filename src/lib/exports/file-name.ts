/**
 * A name for the file that every system takes: the one given, without the signs that some forbid, and the day, so that
 * next week's does not replace it.
 */
export function fileNameOf(name: string, day: string, extension: string): string {
	const safe = name
		.normalize('NFC')
		.replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]+/gu, ' ')
		.replace(/\s+/g, ' ')
		.replace(/^[ .]+|[ .]+$/g, '');
	const short = Array.from(safe).slice(0, 60).join('').trim();
	return `${short || 'Winnow'} ${day}${extension}`;
}
