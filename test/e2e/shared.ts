import type { Browser } from 'playwright-core';
import { type LocalSystem, startSystem } from '../../local/system.ts';
import { launch } from '../support/browser.ts';

let system: Promise<LocalSystem> | undefined;
let browser: Promise<Browser> | undefined;

/**
 * The local system that files of this worker share, which run one after another: it lives as long as the worker. Each file has an
 * event and addresses of its own there.
 */
export function sharedSystem(): Promise<LocalSystem> {
  system ??= startSystem({ quiet: true }).catch((error: unknown) => {
    // The next file tries again.
    system = undefined;
    throw error;
  });
  return system;
}

/** The browser that they share, in which each reader has a context of its own. One that broke is replaced. */
export async function sharedBrowser(): Promise<Browser> {
  if (browser !== undefined && !(await browser).isConnected()) browser = undefined;
  browser ??= launch();
  return browser;
}

/** Closes all that a file opened in it, for the next one. */
export async function closePages(): Promise<void> {
  const contexts = (await browser)?.contexts() ?? [];
  await Promise.all(contexts.map((context) => context.close()));
}

// The runner ends a worker by a signal, and waits for half a second. What was started ends with the process.
process.once('SIGTERM', () => process.exit());
