import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import type { Snapshot } from '../../web/checkin/engine/engine.ts';
import type { Screen } from '../../web/checkin/sub-screen.tsx';
import { type CheckinApp, next, scanned, startCheckinApp } from './app.ts';
import { droppedDigits, faultsOf } from './views.ts';

/* Every screen of the check-in app, opened once in each language; what fills it after a scan: `check-in-app-verdicts.test.ts`. */

/** What a phone may be, and what may be open at its door: the compiler names what is left out. False where nothing is shown of its own. */
const SHOWN: Readonly<Record<Screen | Snapshot['standing'], boolean>> = {
  ...{ scan: true, lists: true, typed: true, search: true, 'walk-in': true, settings: true },
  ...{ 'not-enrolled': true, over: true, revoked: true, 'no-storage': true },
  ...{ active: false, starting: false },
};

let app: CheckinApp;
beforeAll(async () => {
  app = await startCheckinApp();
});
afterAll(async () => app?.stop());

describe.each(LANGUAGE_TAGS)('in %s', (language) => {
  const words: Record<string, string> = JSON.parse(readFileSync(`shared/kernel/i18n/${language}/checkin.json`, 'utf8'));
  const seen = new Set<string>();
  const looks = async (page: Page, name: string): Promise<void> => {
    seen.add(name);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await faultsOf(page), name).toEqual([]);
    expect(await droppedDigits(page), name).toEqual([]);
  };
  const open = async (): Promise<Page> => (await app.browser.newContext({ locale: language })).newPage();
  const press = (page: Page, key: string): Promise<void> =>
    page
      .getByRole('button', { name: words[key] ?? '', exact: true })
      .last()
      .click();

  it('of a device at its door', async () => {
    await app.invite({ name: 'Sok Dara' });
    const fresh = await open();
    await fresh.goto(`${app.server.url}#code=${app.door.offer()}`);
    await fresh.locator('main button').first().waitFor();
    await looks(fresh, 'a link that was opened');
    await fresh.locator('main button').first().click();
    await fresh.locator('.digits').waitFor();
    await looks(fresh, 'its digits');
    await fresh.context().close();
    const page = await app.phone({ list: null, locale: language });
    await looks(page, 'lists');
    await page.locator('.doors button').first().click();
    await page.locator('.viewfinder .trouble').waitFor();
    await looks(page, 'scan');
    for (const [screen, key] of [
      ['typed', 'typed.title'],
      ['settings', 'scan.settings'],
    ] as const) {
      await press(page, key);
      await page.locator('.back').waitFor();
      await looks(page, screen);
      await page.locator('.back').click();
      await page.locator('.scan').waitFor();
    }
    await press(page, 'search.title');
    await page.getByRole('searchbox').fill('Sok');
    app.door.isSearchLocked = true;
    await press(page, 'search.find');
    await page.locator('#digits').waitFor();
    await looks(page, 'a search that is locked');
    app.door.isSearchLocked = false;
    await press(page, 'search.find');
    await page.locator('.found').waitFor();
    await looks(page, 'search');
    await page.locator('.found button').first().click();
    await page.locator('.found fieldset').waitFor();
    await looks(page, 'why no ticket');
    await press(page, 'walkIn.open');
    await page.locator('form select').first().waitFor();
    await page.locator('form button').click();
    await page.locator('.problem').first().waitFor();
    await looks(page, 'walk-in');
    await page.goto(`${app.server.url}#code=${app.door.offer()}`);
    await page.locator('main.plain').waitFor();
    await looks(page, 'another link');
    await page.context().close();
  });

  it('of a phone that is none, whose shift is over, whose access was taken back, or that keeps nothing', async () => {
    const none = await open();
    await none.goto(app.server.url);
    await none.locator('main h1').waitFor();
    await looks(none, 'not-enrolled');
    await none.context().close();
    const over = await open();
    const endsAt = Date.now() + 1000;
    await over.goto(`${app.server.url}#code=${app.door.offer({ endsAt })}`);
    await over.locator('main button').first().click();
    const isOver = over.getByRole('heading', { name: words['over.title'] ?? '' });
    // On a busy machine a shift of a second is over before the phone is let in.
    await over.locator('.digits').or(isOver).first().waitFor();
    await sleep(endsAt - Date.now());
    // It would see by itself, some seconds later.
    await over.reload();
    await isOver.waitFor();
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
    expect(await revoked.getByText(words['sync.scansStay'] ?? '').count()).toBe(0);
    app.door.fault = () => undefined;
    await revoked.context().close();
    const without = await open();
    await without.addInitScript({ content: "Object.defineProperty(window, 'indexedDB', { value: undefined })" });
    await without.goto(app.server.url);
    await without.locator('main h1').waitFor();
    await looks(without, 'no-storage');
    await without.context().close();
  });

  it('leaves out no screen', () => {
    const places = Object.entries(SHOWN).filter(([, isShown]) => isShown);
    expect(places.map(([place]) => place).filter((place) => !seen.has(place))).toEqual([]);
  });
});
