import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../support/browser.ts';
import { type Language, pages } from '../support/site-pages.ts';
import { type SampleSite, serveSamples } from '../support/site-server.ts';
import { violations, violationsOfStyle } from './inspect.ts';

/** Colours do not depend on the width, nor the layout on the scheme: two views see all four. What a page is made of is the same in both. */
const VIEWS = [
  { width: 360, colorScheme: 'light', inspect: violations },
  { width: 1280, colorScheme: 'dark', inspect: violationsOfStyle },
] as const;

/** Looks at every page in a language; each language is a file of its own, so that they run side by side. */
export function inspectEveryPage(language: Language): void {
  let site: SampleSite;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [site, browser] = await Promise.all([serveSamples(), launch()]);
    page = await (await browser.newContext()).newPage();
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  describe(`accessibility in ${language}`, () => {
    it.each(Object.keys(pages(language)))('%s', async (name) => {
      await page.goto(`${site.url}/${language}/${name}`);
      for (const { width, colorScheme, inspect } of VIEWS) {
        await page.setViewportSize({ width, height: 740 });
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no scrolling sideways').toBe(width);
        expect(await inspect(page), `${width} px, ${colorScheme}`).toEqual([]);
      }
    });
  });
}
