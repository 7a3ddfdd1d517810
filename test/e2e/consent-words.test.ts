import { afterAll, beforeAll, expect, it } from 'vitest';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import { everyPage } from '../support/page-states.ts';
import { type SampleSite, serveSamples } from '../support/site-server.ts';
import { closePages, sharedBrowser } from './shared.ts';

let site: SampleSite;
beforeAll(async () => {
  site = await serveSamples(everyPage);
});
afterAll(async () => {
  await closePages();
  site?.close();
});

const PHONE = { viewport: { width: 360, height: 640 }, javaScriptEnabled: false };

it.each(LANGUAGE_TAGS)(
  'PW2: the words of a consent and its receipt are read on a narrow phone without scripts, in %s',
  async (language) => {
    const context = await (await sharedBrowser()).newContext(PHONE);
    const page = await context.newPage();
    for (const name of ['manage-agreed-words', 'manage-agreed-less', 'consent-asked-anew', 'verify-receipt']) {
      await page.goto(`${site.url}/${language}/${name}`);
      for (const summary of await page.locator('main dd summary').all()) await summary.click();
      const width = await page.locator('html').evaluate((element) => element.scrollWidth);
      expect(width, name).toBeLessThanOrEqual(360);
      const isFolded = name === 'manage-agreed-words' || name === 'verify-receipt';
      if (isFolded) expect(await page.getByText('I keep to it.').isVisible(), name).toBe(true);
    }
    await page.goto(`${site.url}/${language}/consent-asked-anew`);
    const form = page.locator('form', { has: page.locator('[name="consents.attendance"]') });
    expect(await form.locator('button[value="agree"]').isVisible()).toBe(true);
    expect(await form.locator('[name="consents.attendance"]').isChecked()).toBe(false);
    await context.close();
  },
);
