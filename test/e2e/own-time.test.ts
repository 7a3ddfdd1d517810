import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import { type SampleSite, serveSamples } from '../support/site-server.ts';
import { closePages, sharedBrowser } from './shared.ts';

let site: SampleSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([serveSamples(), sharedBrowser()]);
});
afterAll(async () => {
  await closePages();
  site?.close();
});

async function open(timezoneId: string, name = 'event', language = 'en', javaScriptEnabled = true): Promise<Page> {
  const page = await (await browser.newContext({ timezoneId, javaScriptEnabled })).newPage();
  await page.goto(`${site.url}/${language}/${name}`);
  return page;
}

const ownTimes = async (page: Page): Promise<string[]> => page.locator('.own').allTextContents();

describe('the programme', () => {
  it('shows the reader’s own time below each of the event’s, and says when it is another day', async () => {
    const page = await open('America/Los_Angeles');
    const own = await ownTimes(page);
    // 08:00 to 09:00 in Phnom Penh; clocks in California are 14 hours behind on 2 November.
    expect(own[0]).toBe('Your time: 18:00 to 19:00 (the day before)');
    expect(own).toHaveLength(await page.locator('.programme li').count());
    await page.context().close();
  });

  it('in Khmer too, of which browsers know nothing', async () => {
    const page = await open('Europe/Berlin', 'event', 'km');
    expect((await ownTimes(page))[0]).toBe('ម៉ោងរបស់លោកអ្នក៖ 02:00 ដល់ 03:00');
    await page.context().close();
  });

  it.each(['Asia/Phnom_Penh', 'Asia/Bangkok'])('adds nothing where clocks show the same: %s', async (zone) => {
    const page = await open(zone);
    expect(await ownTimes(page)).toEqual([]);
    await page.context().close();
  });

  it('is complete without a script, with times that machines read', async () => {
    const page = await open('Europe/Berlin', 'event', 'en', false);
    expect(await ownTimes(page)).toEqual([]);
    const first = page.locator('.programme time').first();
    expect(await first.getAttribute('datetime')).toBe('2027-11-02T08:00+07:00');
    await page.context().close();
  });

  it('of an attendee has it as well', async () => {
    const page = await open('Asia/Tokyo', 'manage-member-state');
    expect(await ownTimes(page)).toEqual(['Your time: 17:30 to 19:00', 'Your time: 14:30 to 15:20']);
    await page.context().close();
  });
});

describe('on paper', () => {
  it.each(LANGUAGE_TAGS)('the programme is whole in %s: no session is torn apart, no buttons', async (language) => {
    const page = await open('Asia/Phnom_Penh', 'event', language);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.programme li').first().isVisible()).toBe(true);
    expect(await page.locator('.button').filter({ visible: true }).count()).toBe(0);
    expect(await page.locator('footer').isVisible()).toBe(false);
    const torn = page.locator('.programme li').first();
    expect(await torn.evaluate((item) => getComputedStyle(item).breakInside)).toBe('avoid');
    await page.context().close();
  });
});
