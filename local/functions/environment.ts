import { ENVIRONMENT, type EnvironmentKey, FUNCTION_ENVIRONMENT, type FunctionName } from '../../shared/env.ts';

export type Values = Readonly<Record<EnvironmentKey, string>>;

/** The whole environment of one function: nothing of this machine's leaks into it. */
export function functionEnvironment(
  name: FunctionName,
  values: Values,
  common: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...common, ...Object.fromEntries(FUNCTION_ENVIRONMENT[name].map((key) => [ENVIRONMENT[key], values[key]])) };
}

/** Every variable, for tests that call handlers in their own process. */
export const namedValues = (values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(ENVIRONMENT).map(([key, name]) => [name, values[key as EnvironmentKey]]));
