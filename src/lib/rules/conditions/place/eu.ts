/**
 * ISO 3166 codes of the member states of the European Union, in alphabetical order; Greece is GR here, as in ISO, though
 * the EU itself writes EL. 27 since the United Kingdom left on 31 January 2020.
 * Source: https://european-union.europa.eu/principles-countries-history/eu-countries_en
 */
export const euCountries: readonly string[] =
	'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
