import { type Browser, chromium } from 'playwright-core';
import { requireChromium } from './chromium.ts';

/** A browser with an empty profile of its own; contexts made from it share nothing. @param flags besides those of all */
export function launch(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: requireChromium(), args: [...CHROMIUM_FLAGS, ...flags] });
}

/** Containers lack what the sandbox needs; nothing may be fetched but the pages under test. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
