import { parseArgs } from 'node:util';

/** What a command ends with: done, something that cannot be done as asked, or used wrongly. */
export const EXIT = { done: 0, problems: 1, usage: 2 } as const;

/** Said together with the help. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Options are text, each given at most once; flags are there or not. */
type Values = Readonly<Record<string, string | undefined>>;
type Flags = Readonly<Record<string, boolean | undefined>>;

/**
 * Runs a command of the terminal: its words say what to do, its options how. Errors are shown as their message alone.
 *
 * @returns the exit code
 */
export async function runCommand(
  help: string,
  options: readonly string[],
  run: (words: readonly string[], values: Values, flags: Flags) => Promise<number> | number,
  flags: readonly string[] = [],
): Promise<number> {
  return exitCodeOf(help, () => {
    const asked = parse(options, flags);
    return asked.flags['help'] ? sayHelp(help) : run(asked.words, asked.values, asked.flags);
  });
}

/** The name of a system that `--stage` says, before AWS is asked for it. @throws UsageError that says what is allowed */
export async function systemName(stage: string): Promise<string> {
  const { readConfig } = await import('../infra/config.ts');
  try {
    return readConfig({ 'plenary:name': stage }).name;
  } catch (error) {
    throw new UsageError(messageOf(error).replace(/^.*plenary:name/s, '--stage'));
  }
}

/**
 * For commands that leave something broken or made, where they are stopped: they end what they are at, and undo. The second time they are
 * stopped, they end at once.
 *
 * @returns aborted by the first signal that ends a command, which this says
 */
export function untilStopped(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      console.error(`Stopped by ${signal}: undoing`);
      stopping.abort(new Error(`stopped by ${signal}`));
    });
  return stopping.signal;
}

export function sayHelp(help: string): number {
  console.log(help);
  return EXIT.done;
}

/** The exit code of a command that reads its arguments itself; errors are shown as their message alone. */
export async function exitCodeOf(help: string, run: () => Promise<number> | number): Promise<number> {
  // The SDK, which commands load as they run, would warn of older versions of Node.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  try {
    return await run();
  } catch (error) {
    const isUsage = error instanceof UsageError;
    console.error(messageOf(error) + (isUsage ? `\n\n${help}` : ''));
    return isUsage ? EXIT.usage : EXIT.problems;
  }
}

function parse(names: readonly string[], flags: readonly string[]) {
  const text = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const present = Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }]));
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { ...text, ...present, help: { type: 'boolean', short: 'h' } },
    });
    const { endpoint } = values as Values;
    if (endpoint !== undefined && !URL.canParse(endpoint))
      throw new Error(`--endpoint is an address such as http://127.0.0.1:8000, not "${endpoint}"`);
    return { words: positionals, values: values as Values, flags: values as Flags };
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
