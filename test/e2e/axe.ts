import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RunOnly, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** Minified, it is read in half the time. */
const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Only what is broken is worked out: to name everything that is as it should be takes as long as to look for what is not. */
const ONLY_BROKEN: RunOptions = {
  resultTypes: ['violations'],
  reporter: 'no-passes',
  // Only sounds and films that play by themselves need to be fetched beforehand, and pages have none.
  preload: false,
};

/** Has a tab that many pages are looked at in bring the rules along: compiled once, they cost each page a third of what they do else. */
export const bringRules = (page: Page) => page.addInitScript({ content: SOURCE });

/** Rules of accessibility that a page breaks as it is now, with where. No page of ours frames another. @param runOnly which are looked at */
export async function brokenRules(page: Page, runOnly: RunOnly): Promise<string[]> {
  // A page that was looked at before still has it, until another is opened.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  return page.evaluate(
    async (options) => {
      const { violations } = await window.axe.run(document, options);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
    },
    { ...ONLY_BROKEN, runOnly },
  );
}

declare global {
  interface Window {
    axe: typeof import('axe-core');
  }
}
