/** What was found out before it was stopped: of this machine alone. */
export const STATE = '.local/mutants';
/** Ids of the mutations that are tried. */
export const CHOSEN = `${STATE}/chosen.json`;
/** By id, the files of tests that come by a mutation, the fastest first. */
export const TESTS = `${STATE}/tests.json`;
/** What became of each that was tried so far: one a line. */
export const TRIED = `${STATE}/tried.txt`;
/** A hash of rules and tests as they were then. */
export const SOURCES = `${STATE}/sources.txt`;
