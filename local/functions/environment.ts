import { ENVIRONMENT, type EnvironmentKey } from '../../shared/kernel/env.ts';
import type { Manifest } from '../../shared/kernel/manifest.ts';

export type Values = Readonly<Record<EnvironmentKey, string>>;

/** The whole environment of one function: nothing of this machine's leaks into it. */
export function functionEnvironment(
  { environment }: Manifest,
  values: Values,
  common: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...common, ...Object.fromEntries(environment.map((key) => [ENVIRONMENT[key], values[key]])) };
}

/** Every variable, for tests that call handlers in their own process. */
export const namedValues = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(ENVIRONMENT).map(([key, name]) => [name, values[key as EnvironmentKey]]));
