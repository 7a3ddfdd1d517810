import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../support/browser.ts';
import { type Language, pages } from '../support/site-pages.ts';
import { type SampleSite, serveSamples } from '../support/site-server.ts';
import { violationsOfWords } from './inspect.ts';
import { crowded } from './touch.ts';
import { show, VIEWS } from './views.ts';

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
      for (const view of VIEWS) {
        await show(page, view);
        const { width, inspect } = view;
        expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no scrolling sideways').toBe(width);
        const look = language === 'en' ? inspect : violationsOfWords;
        if (language === 'en' || view === VIEWS[0]) expect(await look(page), `${width} px`).toEqual([]);
        if (view === VIEWS[0]) expect(await crowded(page), 'buttons at least 8 px apart').toEqual([]);
      }
    });
  });
}
