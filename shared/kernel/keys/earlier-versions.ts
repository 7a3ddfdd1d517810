/** Earlier versions of a link that are still known as such; who replaces theirs more often has forgotten the first. */
const MOST_REPLACED = 50;

/** The versions of a link that were replaced since, the latest first. */
export const earlierVersions = (version: number): readonly number[] =>
  Array.from({ length: Math.min(version - 1, MOST_REPLACED) }, (_, back) => version - 1 - back);
