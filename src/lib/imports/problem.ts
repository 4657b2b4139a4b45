import { unreachable } from '$lib/result';

/** What is wrong with a row, or with one value in it. `value` is the cell, cut to what fits a line. */
export type RowProblem = Misread | Notice;

/** Why a row is rejected, or why a value is left out of it. */
export type Misread =
	| { readonly type: 'NotAnEmail'; readonly column: string; readonly value: string }
	| { readonly type: 'NotANumber'; readonly column: string; readonly value: string }
	| { readonly type: 'NotABoolean'; readonly column: string; readonly value: string }
	| { readonly type: 'NotADate'; readonly column: string; readonly value: string }
	| { readonly type: 'NotAUrl'; readonly column: string; readonly value: string }
	| { readonly type: 'NotAPhone'; readonly column: string; readonly value: string }
	/** Neither an object nor a list, or too large a one. */
	| { readonly type: 'NotJson'; readonly column: string; readonly value: string }
	/** More different values than a field has choices. */
	| { readonly type: 'TooManyChoices'; readonly column: string; readonly value: string }
	| { readonly type: 'UnknownConsent'; readonly column: string; readonly value: string }
	/** A cell that must not be blank. */
	| { readonly type: 'Blank'; readonly column: string }
	| {
			readonly type: 'TooLong';
			readonly column: string;
			readonly length: number;
			readonly limit: number;
	  }
	/** The character U+0000, which no database stores. */
	| { readonly type: 'NulCharacter'; readonly column: string }
	| { readonly type: 'TooManyCells'; readonly cells: number; readonly columns: number }
	| { readonly type: 'BadQuotes' }
	/** Neither an address nor an id. */
	| { readonly type: 'Nobody' }
	/** Several contacts have this address. `refused`: what the row refuses counts for all of them. */
	| {
			readonly type: 'Ambiguous';
			readonly column: string;
			readonly value: string;
			readonly refused?: true;
	  }
	/** The id belongs to a contact with another address. `refused`: as above, for who has the address of the row. */
	| {
			readonly type: 'IdTaken';
			readonly column: string;
			readonly value: string;
			readonly refused?: true;
	  }
	| { readonly type: 'UnknownPerson'; readonly column: string; readonly value: string };

/** Worth a look. The value is taken as it is. */
export type Notice =
	| { readonly type: 'UnknownCountry'; readonly column: string; readonly value: string }
	/** The domain of an address is that of a large mail service, but for a slip: `gmial.com`. */
	| {
			readonly type: 'MisspeltDomain';
			readonly column: string;
			readonly value: string;
			readonly domain: string;
			readonly meant: string;
	  };

export const isNotice = (problem: RowProblem): problem is Notice =>
	problem.type === 'UnknownCountry' || problem.type === 'MisspeltDomain';

/** A rejected row, as the page lists it. */
export interface RejectedRow {
	readonly line: number;
	readonly problems: readonly RowProblem[];
}

/** The reason, in the words of the rejected rows' file. */
export function describeProblem(problem: RowProblem): string {
	switch (problem.type) {
		case 'NotAnEmail':
			return `“${problem.value}” is not an email address`;
		case 'NotANumber':
			return `“${problem.value}” is not a number`;
		case 'NotABoolean':
			return `“${problem.value}” is neither yes nor no`;
		case 'NotADate':
			return `“${problem.value}” is not a date that can be read`;
		case 'NotAUrl':
			return `“${problem.value}” is not a web address`;
		case 'NotAPhone':
			return `“${problem.value}” is not a phone number`;
		case 'NotJson':
			return `“${problem.value}” is not a JSON object or list that can be kept`;
		case 'TooManyChoices':
			return `“${problem.value}” is one choice too many for a field of choices; import the column as text`;
		case 'UnknownConsent':
			return `Nobody has said what “${problem.value}” means for consent`;
		case 'Blank':
			return 'The cell is blank';
		case 'TooLong':
			return `The value has ${problem.length.toLocaleString('en')} characters; up to ${problem.limit.toLocaleString('en')} fit`;
		case 'NulCharacter':
			return 'The value contains a NUL character, which cannot be stored';
		case 'TooManyCells':
			return `The row has ${problem.cells} cells in ${problem.columns} columns`;
		case 'BadQuotes':
			return 'A quote in the row is not closed, or stands inside a cell';
		case 'Nobody':
			return 'The row has neither an email address nor an ID';
		case 'Ambiguous':
			return `Several contacts have “${problem.value}”${problem.refused ? '; all of them are unsubscribed, and nothing else of the row is taken' : ''}`;
		case 'IdTaken':
			return `The ID “${problem.value}” belongs to a contact with another address${problem.refused ? '; who has the address is unsubscribed, and nothing else of the row is taken' : ''}`;
		case 'UnknownPerson':
			return `No contact has “${problem.value}”`;
		case 'UnknownCountry':
			return `“${problem.value}” is not a known country`;
		case 'MisspeltDomain':
			return `“${problem.domain}” looks like “${problem.meant}”`;
		default:
			return unreachable(problem);
	}
}

/** The column a problem is about, or '' where it is about the row. */
export const columnOf = (problem: RowProblem): string =>
	'column' in problem ? problem.column : '';

/** What the problems of one kind and column have in common, for a list of them by what to repair. */
export const titleOf = (problem: RowProblem): string => {
	switch (problem.type) {
		case 'NotAnEmail':
			return 'Not an email address';
		case 'NotANumber':
			return 'Not a number';
		case 'NotABoolean':
			return 'Neither yes nor no';
		case 'NotADate':
			return 'Not a date that can be read';
		case 'NotAUrl':
			return 'Not a web address';
		case 'NotAPhone':
			return 'Not a phone number';
		case 'NotJson':
			return 'Not a JSON object or list';
		case 'TooManyChoices':
			return 'Too many different values for a field of choices';
		case 'UnknownConsent':
			return 'Consent nobody has decided on';
		case 'Blank':
			return 'Blank';
		case 'TooLong':
			return 'Too long';
		case 'NulCharacter':
			return 'NUL characters';
		case 'TooManyCells':
			return 'More cells than columns';
		case 'BadQuotes':
			return 'Quotes that do not fit';
		case 'Nobody':
			return 'Neither an email address nor an ID';
		case 'Ambiguous':
			return problem.refused
				? 'Several contacts fit, and all of them are unsubscribed'
				: 'Several contacts fit';
		case 'IdTaken':
			return problem.refused
				? 'The ID belongs to somebody else, and who has the address is unsubscribed'
				: 'The ID belongs to somebody else';
		case 'UnknownPerson':
			return 'Unknown people';
		case 'UnknownCountry':
			return 'Unknown country';
		case 'MisspeltDomain':
			return `“${problem.domain}” looks like “${problem.meant}”`;
		default:
			return unreachable(problem);
	}
};

/** The cell a problem is about, or '' where what is in it does not matter. */
export const valueOf = (problem: RowProblem): string =>
	'value' in problem && problem.type !== 'MisspeltDomain' ? problem.value : '';

const shown = 120;

/** A cell as problems show it. */
export const shortened = (value: string): string =>
	value.length > shown ? `${value.slice(0, shown)}…` : value;
