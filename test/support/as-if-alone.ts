/**
 * Lets files run one after another in the same process, each as if it were alone there. Modules of ours are evaluated anew for each,
 * since handlers keep what they depend on; packages, which take several seconds to load, are loaded once.
 */
import { vi } from 'vitest';

globalThis.environmentOfTests ??= { ...process.env };
const environment = globalThis.environmentOfTests;

vi.resetModules();
vi.useRealTimers();
vi.unstubAllEnvs();
for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
Object.assign(process.env, environment);

declare global {
  /** Of the process, before any file changed it. */
  var environmentOfTests: NodeJS.ProcessEnv | undefined;
}
