import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckinApp, next, scanned, startCheckinApp } from './app.ts';
import { faultsOf, faultsOfWords } from './views.ts';

let app: CheckinApp;
beforeAll(async () => {
  app = await startCheckinApp();
});
afterAll(async () => app?.stop());

const NAMES = {
  en: {
    settings: 'Settings',
    search: 'Find someone',
    typed: 'Type a code',
    lists: 'Other list',
    find: 'Find',
    walkIn: 'Enter a walk-in',
  },
  km: {
    settings: 'ការកំណត់',
    search: 'ស្វែងរកមនុស្ស',
    typed: 'វាយកូដ',
    lists: 'បញ្ជីផ្សេង',
    find: 'ស្វែងរក',
    walkIn: 'បញ្ចូលអ្នកមកដោយមិនបានចុះឈ្មោះ',
  },
} as const;

describe.each(['en', 'km'] as const)('every screen in %s', (language) => {
  const names = NAMES[language];
  const faults = language === 'en' ? faultsOf : faultsOfWords;
  const looks = async (page: Page, name: string): Promise<void> => {
    expect(await faults(page), name).toEqual([]);
    expect(await small(page), name).toEqual([]);
  };

  it('of a device at its door: no rule broken, nothing beyond the edge, room for fingers', async () => {
    await app.invite({ name: 'Sok Dara' });
    const context = await app.browser.newContext({ locale: language });
    const fresh = await context.newPage();
    await fresh.goto(`${app.server.url}#code=${app.door.offer()}`);
    await fresh.locator('main button').first().click();
    await fresh.locator('.digits').waitFor();
    await looks(fresh, 'search-code');
    await context.close();
    const page = await app.phone({ list: null, locale: language });
    await looks(page, 'choose');
    await page.locator('.doors button').first().click();
    await page.locator('.viewfinder .trouble').waitFor();
    await looks(page, 'scan');
    for (const screen of ['typed', 'search', 'lists', 'settings'] as const) {
      await page.getByRole('button', { name: names[screen], exact: true }).last().click();
      await page.locator('.back').waitFor();
      if (screen === 'search') {
        await page.getByRole('searchbox').fill('Sok');
        app.door.isSearchLocked = true;
        await page.getByRole('button', { name: names.find, exact: true }).click();
        await page.locator('#digits').waitFor();
        await looks(page, 'locked');
        app.door.isSearchLocked = false;
        await page.getByRole('button', { name: names.find, exact: true }).click();
        await page.locator('.found').waitFor();
      }
      await looks(page, screen);
      if (screen === 'search') {
        await page.getByRole('button', { name: names.walkIn }).click();
        await page.locator('form select').first().waitFor();
        await page.locator('form button').click();
        await page.locator('.problem').first().waitFor();
        await looks(page, 'walk-in');
      }
      await page.locator('.back').click();
      await page.locator('.scan').waitFor();
    }
    await page.context().close();
  });

  it('of a phone that is none, whose shift is over, whose access was taken back, or that keeps nothing', async () => {
    const context = await app.browser.newContext({ locale: language });
    const page = await context.newPage();
    await page.goto(app.server.url);
    await page.locator('main h1').waitFor();
    await looks(page, 'enrol');
    await context.close();
    const over = await (await app.browser.newContext({ locale: language })).newPage();
    await over.goto(`${app.server.url}#code=${app.door.offer({ endsAt: Date.now() + 1000 })}`);
    await over.locator('main button').first().click();
    await over.getByRole('heading', { name: language === 'en' ? 'The shift is over' : 'វេនការងារបានចប់ហើយ' }).waitFor();
    await looks(over, 'over');
    await over.context().close();
    const revoked = await app.phone({ locale: language });
    app.door.fault = () => 'device-revoked';
    await scanned(revoked, (await app.invite()).code);
    const told = revoked.locator('main.plain h1').waitFor();
    // What was refused may take the verdict away before anyone presses.
    await Promise.race([told, next(revoked).catch(() => undefined)]);
    await told;
    await looks(revoked, 'revoked');
    app.door.fault = () => undefined;
    await revoked.context().close();
    const without = await app.browser.newContext({ locale: language });
    await without.addInitScript({ content: "Object.defineProperty(window, 'indexedDB', { value: undefined })" });
    const empty = await without.newPage();
    await empty.goto(app.server.url);
    await empty.locator('main h1').waitFor();
    await looks(empty, 'no-storage');
    await without.close();
  });
});

/** What is pressed and has no room for a finger: 48 pixels. */
const small = (page: Page): Promise<string[]> =>
  page
    .locator('button, select, input:not([type=radio], [type=checkbox], [type=file]), label.button, fieldset label')
    .evaluateAll((targets) =>
      targets
        .filter((target) => target.getClientRects().length > 0 && target.getBoundingClientRect().height < 48)
        .map((target) => target.outerHTML.slice(0, 80)),
    );
