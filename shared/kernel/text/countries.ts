import type { DefinitionProblem, Path } from './field-problem.ts';

/**
 * ISO 3166-1 alpha-2: the codes that are officially assigned, without the six territories where nobody lives, and XK,
 * which much of the world uses for Kosovo.
 */
const CODES =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
  'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
  'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT ' +
  'MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
  'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ ' +
  'UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

/** Where a participant can come from. */
export const COUNTRY_CODES: readonly string[] = CODES.split(' ');

const known: ReadonlySet<string> = new Set(COUNTRY_CODES);

export const isCountry = (code: string): boolean => known.has(code);

/** Codes that are no country's, each at its place in a list of codes. */
export const unknownCountries = (codes: readonly string[], path: Path): DefinitionProblem[] =>
  codes.flatMap((code, index) => (isCountry(code) ? [] : [unknownCountry(code, [...path, index])]));

export const unknownCountry = (code: string, path: Path): DefinitionProblem => ({
  path,
  message: `"${code}" is not the ISO 3166-1 code of a country`,
});
