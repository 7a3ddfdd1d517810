import { vi } from 'vitest';

/** Gives a file the environment of the process as it was before any other changed it, and the real time. */
export function restoreEnvironment(): void {
  globalThis.environmentOfTests ??= { ...process.env };
  const environment = globalThis.environmentOfTests;
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
}

declare global {
  /** Of the process, before any file changed it. */
  var environmentOfTests: NodeJS.ProcessEnv | undefined;
}
