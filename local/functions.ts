import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FUNCTION_NAMES, MANIFESTS } from '../functions/manifests.ts';
import { ENVIRONMENT, type EnvironmentKey } from '../shared/kernel/env.ts';
import type { FunctionName, Manifest } from '../shared/kernel/manifest.ts';
import { type RunningFunction, startFunction } from './functions/function.ts';
import { StartFailure } from './running-parts.ts';

export type Functions = Readonly<Record<FunctionName, RunningFunction>>;

interface FunctionsOptions {
  /** Values of every variable any function may read; each gets only its own. */
  readonly values: Values;
  /** What all get: region, credentials, endpoints. */
  readonly common: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/**
 * Runs each built bundle in a worker of its own, all warm when this returns.
 *
 * @throws StartFailure when there are no bundles
 */
export async function startFunctions({ values, common, log }: FunctionsOptions) {
  const functions = Object.fromEntries(
    FUNCTION_NAMES.map((name) => {
      const { memory, timeout } = MANIFESTS[name];
      const options = {
        name,
        bundle: bundleOf(name),
        environment: functionEnvironment(MANIFESTS[name], values, common),
        memoryMb: memory,
        timeoutMs: Math.max(timeout, LEAST_TIMEOUT) * 1000,
        log: (line: string) => log(`${name.padEnd(LONGEST)} | ${line}`),
      };
      return [name, startFunction(options)];
    }),
  ) as unknown as Functions;
  const stop = async () => {
    await Promise.all(Object.values(functions).map((each) => each.stop()));
  };
  try {
    await Promise.all(Object.values(functions).map((each) => each.warmUp()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { functions, stop };
}

/**
 * Seconds, as long as the gateway waits. Limits end what hangs: on Lambda each function has a processor, here all share a few, and a first
 * call beside a busy machine's other work took longer than a manifest allows.
 */
const LEAST_TIMEOUT = 30;

const LONGEST = Math.max(...FUNCTION_NAMES.map((name) => name.length));

function bundleOf(name: FunctionName): string {
  const file = fileURLToPath(new URL(`../dist/functions/${name}/index.mjs`, import.meta.url));
  if (!existsSync(file)) throw new StartFailure(`The function ${name} is not built. Run: npm run build`);
  return file;
}

type Values = Readonly<Record<EnvironmentKey, string>>;

/** The whole environment of one function: nothing of this machine's leaks into it. */
function functionEnvironment(
  { environment }: Manifest,
  values: Values,
  common: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...common, ...Object.fromEntries(environment.map((key) => [ENVIRONMENT[key], values[key]])) };
}

/** Every variable, for tests that call handlers in their own process. */
export const namedValues = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(ENVIRONMENT).map(([key, name]) => [name, values[key as EnvironmentKey]]));
