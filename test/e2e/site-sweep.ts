import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductLanguage } from '../../shared/kernel/i18n/languages.ts';
import { pages } from '../support/site-pages.ts';
import { type SampleSite, serveSamples } from '../support/site-server.ts';
import { violationsOfWords } from './inspect.ts';
import { closePages, sharedBrowser } from './shared.ts';
import { crowded, smallTargets } from './touch.ts';
import { fits, show, VIEWS } from './views.ts';

/**
 * CSS pixels, in which pages fit without scrolling sideways, besides those of views: 1280 at 400 %, and 1280 at 200 % (WCAG 1.4.4,
 * 1.4.10).
 */
const WIDTHS = [320, 640];

/**
 * Opens every page in a language once, and looks at all that it is looked at for: rules of accessibility, room for thumbs, and
 * whether it fits. Each language is a file of its own, so that they run side by side.
 */
export function sweepEveryPage(language: ProductLanguage): void {
  let site: SampleSite;
  let page: Page;
  beforeAll(async () => {
    site = await serveSamples();
    page = await (await (await sharedBrowser()).newContext()).newPage();
  });
  afterAll(async () => {
    await closePages();
    site?.close();
  });

  describe(`accessibility in ${language}`, () => {
    it.each(Object.keys(pages(language)))('%s', async (name) => {
      await page.goto(`${site.url}/${language}/${name}`);
      for (const view of VIEWS) {
        await show(page, view);
        const { width, inspect } = view;
        expect(await fits(page, width), `${width} px without scrolling sideways`).toBe(true);
        const look = language === 'en' ? inspect : violationsOfWords;
        if (language === 'en' || view === VIEWS[0]) expect(await look(page), `${width} px`).toEqual([]);
        if (view !== VIEWS[0]) continue;
        expect(await crowded(page), 'buttons at least 8 px apart').toEqual([]);
        expect(await smallTargets(page), 'what is pressed at least 48 px high').toEqual([]);
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 640 });
        expect(await fits(page, width), `${width} px without scrolling sideways`).toBe(true);
      }
    });
  });
}
