import { isCountry } from './countries.ts';
import type { DefinitionProblem, Path } from './definition-problem.ts';

/** Codes that are no country's, each at its place in a list of codes. */
export const unknownCountries = (codes: readonly string[], path: Path): DefinitionProblem[] =>
  codes.flatMap((code, index) => (isCountry(code) ? [] : [unknownCountry(code, [...path, index])]));

export const unknownCountry = (code: string, path: Path): DefinitionProblem => ({
  path,
  message: `"${code}" is not the ISO 3166-1 code of a country`,
});
