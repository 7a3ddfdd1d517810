import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../support/browser.ts';
import { type SampleSite, serveSamples } from '../support/site-server.ts';

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

describe('touch targets', () => {
  it.each(['form', 'manage', 'event', 'join-open', 'delegation', 'person-confirmed', 'substitute'])(
    'of %s are at least 48 px high',
    async (name) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(`${site.url}/en/${name}`);
      // Links within a text are exempt (WCAG 2.2, 2.5.8); the rest is pressed with a thumb.
      const controls = page.locator(
        'button, .button, summary, select, textarea, input:not(fieldset *), fieldset label, nav a',
      );
      const small = await controls
        .filter({ visible: true })
        .evaluateAll((all) =>
          all.filter((one) => one.getBoundingClientRect().height < 48).map((one) => one.outerHTML.slice(0, 80)),
        );
      expect(small).toEqual([]);
      expect(await controls.count()).toBeGreaterThan(0);
    },
  );
});
