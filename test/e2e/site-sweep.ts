import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductLanguage } from '../../shared/kernel/i18n/languages.ts';
import { pageMakers, pages } from '../support/site-pages.ts';
import { type SampleSite, serveSamples } from '../support/site-server.ts';
import { bringRules } from './axe.ts';
import { closePages, sharedBrowser } from './shared.ts';
import { droppedDigits, faultsOf } from './views.ts';

/** As long as names come, and without a place to break. */
const LONG = { fullName: 'W'.repeat(100), email: `${'a'.repeat(60)}@layout.test` };

/** Every state of every page, and those about an attendee with a long name. */
function everyPage(language: ProductLanguage): Record<string, string> {
  const { thanks, manage, letter, changeAddress } = pageMakers(language);
  const asked = { email: LONG.email, until: '2026-11-28T02:00:00.000Z' };
  return {
    ...pages(language),
    'long-change-address': changeAddress({ registration: LONG, asked }),
    'long-thanks': thanks(LONG),
    'long-manage': manage(LONG),
    'long-letter': letter(LONG),
  };
}

/** Opens every page in a language once, and looks at all that it is looked at for. Each language is a file of its own: they run side by side. */
export function sweepEveryPage(language: ProductLanguage): void {
  let site: SampleSite;
  let page: Page;
  beforeAll(async () => {
    site = await serveSamples(everyPage);
    page = await (await (await sharedBrowser()).newContext()).newPage();
    await bringRules(page);
  });
  afterAll(async () => {
    await closePages();
    site?.close();
  });

  describe(`accessibility in ${language}`, () => {
    it.each(Object.keys(everyPage(language)))('%s', async (name) => {
      await page.goto(`${site.url}/${language}/${name}`);
      expect(await faultsOf(page)).toEqual([]);
      expect(await droppedDigits(page)).toEqual([]);
    });
  });
}
