import { type Browser, chromium } from 'playwright-core';
import { requireShell } from './chromium.ts';

/** Milliseconds after which what a browser is waited for is held to hang. It is no measure: on a busy machine all takes many times as long. */
export const PATIENCE_MS = 120_000;

/**
 * A browser with an empty profile of its own; contexts made from it share nothing, and read English unless `locale` says otherwise,
 * whatever the machine does.
 *
 * @param flags besides those of all
 */
export async function launch(flags: readonly string[] = [], executablePath = requireShell()): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...flags] });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext({ locale: 'en-GB', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  };
  return browser;
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
  // A page that follows another keeps its frame: a new one for each takes half as long again. The driver's own, which another list replaces, is repeated.
  '--enable-features=CDPScreenshotNewSurface,RenderDocument:level/crashed-frame',
  // Pages of tests are closed before it is worth looking for what they need no more.
  '--js-flags=--min-semi-space-size=16',
];
