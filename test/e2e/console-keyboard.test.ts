import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPeople } from '../../bench/people.ts';
import { messagesOf } from '../../infra/languages.ts';
import { type CheckinApp, startCheckinApp } from './app.ts';
import { consoleOf, grant, openAs } from './console.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
let app: CheckinApp;
beforeAll(async () => {
  [site, app] = await Promise.all([openSite(), startCheckinApp()]);
});
afterAll(() => Promise.all([site?.stop(), app?.stop()]));

/** More stops than any of these pages has. */
const MOST_STOPS = 150;

/** Goes on by Tab until something has the focus, and it is seen to have it. @throws Error where no way leads to it */
async function reach(page: Page, place: Locator): Promise<void> {
  await place.waitFor({ timeout: 10_000 });
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await place.evaluate((element) => element === document.activeElement)) {
      expect(await place.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none');
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way to ${place} by keyboard`);
}

/** The same, and presses it: the focus goes where it leads, or stays, but is never lost. */
async function press(page: Page, place: Locator, key = 'Enter'): Promise<void> {
  await reach(page, place);
  const what = await place.evaluate((element) => element.outerHTML.slice(0, 200));
  await page.keyboard.press(key);
  await expect
    .poll(() => page.evaluate(() => document.activeElement !== document.body), {
      message: `focus after ${what}`,
      timeout: 5_000,
    })
    .toBe(true);
}

/** Chooses of a list by the arrow keys, as far as the wanted one is. */
async function pick(page: Page, list: Locator, wanted: string): Promise<void> {
  await reach(page, list);
  for (let step = 0; step < 20 && (await list.inputValue()) !== wanted; step += 1)
    await page.keyboard.press('ArrowDown');
  expect(await list.inputValue()).toBe(wanted);
}

describe.each(['en-GB', 'km-KH'])('by keyboard alone, in %s', (locale) => {
  it('people are chosen, added to a session, looked at, and taken back', async () => {
    const people = { ...site, eventId: `keys-${locale.toLowerCase()}` };
    await registerPeople(site.system, people.eventId, 3, (each) => ({ fullName: `Person ${each}` }));
    await grant(people, 'organiser', 'Organiser', [{ role: 'organiser' }]);
    const page = await openAs(people, 'Organiser', '/registrations', { locale });
    await press(page, page.locator('.chosen .buttons button').first());
    await press(page, page.locator('.chosen a').first());
    await pick(page, page.locator('select[name=kind]'), 'add-to-session');
    await press(page, page.locator('form button[type=submit]').first());
    await press(page, page.locator('[role=status] form button[type=submit]'));
    await page.waitForURL(/\/bulk\/[\w-]{22}$/);
    const back = page.locator('main section.screen .disclosure > button');
    await press(page, back);
    await press(page, page.locator('main section.screen .opened button').first());
    await back.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    await page.context().close();
  });

  it('a list’s filter is taken away, and nobody is chosen any more', async () => {
    const people = { ...site, eventId: `narrow-${locale.toLowerCase()}` };
    await registerPeople(site.system, people.eventId, 3, (each) => ({ fullName: `Person ${each}` }));
    await grant(people, 'organiser', 'Organiser', [{ role: 'organiser' }]);
    const page = await openAs(people, 'Organiser', '/registrations?status=confirmed', { locale });
    await press(page, page.locator('.chosen .buttons button').first());
    await press(page, page.locator('.chosen .buttons button').first());
    await page.locator('.chosen a').first().waitFor({ state: 'detached' });
    await press(page, page.locator('.chips button'));
    await page.locator('.chips').waitFor({ state: 'detached' });
    await press(page, page.locator('.chooser > .disclosure > button').first());
    await page.context().close();
  });

  it('an event is opened from one’s own, and one signs out', async () => {
    const page = await openAs(site, 'Organiser', '', { locale });
    await page.setViewportSize({ width: 360, height: 740 });
    const [events, out] = ['header .events', 'header button.quiet'].map((each) => page.locator(each));
    const topOf = (place: Locator | undefined) => place?.evaluate((element) => element.getBoundingClientRect().bottom);
    expect(Math.abs(Number(await topOf(events)) - Number(await topOf(out))), 'in one line').toBeLessThan(32);
    await press(page, page.locator('header .events'));
    const own = page.locator(`main a[href$="/e/${site.eventId}"], main a[href*="/e/${site.eventId}?"]`).first();
    await press(page, own);
    await page.waitForURL((url) => url.href.startsWith(consoleOf(site)));
    await press(page, page.locator('header .events'));
    await reach(page, page.locator('.ways button'));
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => sessionStorage.getItem('plenary.tokens')), { timeout: 5_000 })
      .toBeNull();
    await page.context().close();
  });

  it('badges are shown for a paper, and lists of a phone one by one', async () => {
    const page = await openAs(site, 'Organiser', '/badges', { locale });
    await press(page, page.locator('main form button[type=submit]'));
    const phones = await openAs(site, 'Organiser', '/check-in/_phones', { locale });
    await press(phones, phones.locator('main .disclosure > button').first());
    await press(phones, phones.locator('#lists + p button'));
    await Promise.all([page, phones].map((each) => each.context().close()));
  });

  it('someone without a ticket is found at a desk, and marked as come with why', async () => {
    const name = `Key${locale.slice(0, 2)} Sample`;
    const guest = await app.invite({ name });
    const page = await app.phone({ locale });
    const words = messagesOf(locale.slice(0, 2), 'checkin') ?? {};
    await press(page, page.getByRole('button', { name: words['scan.find'] ?? '', exact: true }));
    await reach(page, page.locator('input').first());
    // No faster than people: what a scanner with keys types is no search.
    await page.keyboard.type(name, { delay: 80 });
    await page.keyboard.press('Enter');
    await page.locator('.found').waitFor();
    await press(page, page.locator('.found button').first());
    await press(page, page.locator('.found fieldset button').nth(1));
    await page.locator('.verdict.go').waitFor();
    await expect
      .poll(() => [...app.door.kept.values()].filter(({ ticket }) => ticket === guest.ticket).length, {
        timeout: 10_000,
      })
      .toBe(1);
    expect(await page.evaluate(() => document.activeElement !== document.body), 'focus at the verdict').toBe(true);
    await press(page, page.locator('.verdict .main'));
    await press(page, page.locator('.back'));
    await page.context().close();
  });
});
