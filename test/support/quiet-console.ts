/**
 * Keeps lines of each request and batch, and what they count, from being printed: half a million of them would go from process to process for
 * nobody. Tests that listen to the console hear them.
 */
const ROUTINE = /"message": "(?:request|batch)"|^\{"_aws":/;

/** One console serves all files that run in a process. */
if (!globalThis.isQuiet) {
  globalThis.isQuiet = true;
  for (const level of ['log', 'info'] as const) {
    const print = console[level].bind(console);
    console[level] = (...line: unknown[]) => {
      if (!ROUTINE.test(String(line[0]))) print(...line);
    };
  }
}

declare global {
  var isQuiet: boolean | undefined;
}
