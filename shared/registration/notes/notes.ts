/** Letters of a note on a person, as a reader counts them. */
export const LONGEST_NOTE = 500;

/** Notes on one person. */
export const MOST_NOTES = 20;
