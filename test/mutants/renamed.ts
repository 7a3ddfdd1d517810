/** What has another name by now: as `mutants.txt` calls it, and as it is declared. */
export const RENAMED: Readonly<Record<string, string>> = {
  deskMatcher: 'namedBy',
  firstStanding: 'firstStatus',
  normalise: 'tidied',
};
