import type { Browser } from 'playwright-core';
import { launch } from '../support/browser.ts';

let browser: Promise<Browser> | undefined;

/** The browser of a file: whatever it opens, it opens in this one. */
export function openBrowser(): Promise<Browser> {
  browser ??= launch();
  return browser;
}

export async function closeBrowser(): Promise<void> {
  const open = await browser;
  browser = undefined;
  await open?.close();
}
