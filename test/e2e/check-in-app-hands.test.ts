import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CheckinApp, changeList, next, scanned, startCheckinApp } from './app.ts';

let app: CheckinApp;
let page: Page;

beforeAll(async () => {
  app = await startCheckinApp();
});
afterAll(async () => app?.stop());
afterEach(async () => page?.context().close());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const scansOf = (ticket: string) => [...app.door.kept.values()].filter((scan) => scan.ticket === ticket);
/** So fast that nothing was drawn in between, as on a slow phone. */
const twice = (what: Locator) =>
  what.evaluate((element: HTMLElement) => {
    element.click();
    element.click();
  });
const sent = () =>
  page
    .getByText(/All sent/)
    .first()
    .waitFor({ state: 'attached' });

describe('hands that press twice', () => {
  it('enter a walk-in once', async () => {
    page = await app.phone();
    await button('Find someone').click();
    await button('Enter a walk-in').click();
    await page.getByLabel('Full name').fill('Impatient Sample');
    await page.getByLabel('Organisation or delegation').fill('Sample Ministry');
    await page.getByLabel('Country').selectOption({ label: 'Cambodia' });
    await page.getByLabel('Group').selectOption({ label: 'Government' });
    await twice(button('Enter and check in'));
    await page.locator('.verdict.go').waitFor();
    await next(page);
    await button('Back').click();
    await sent();
    const entered = [...app.door.kept.values()].filter(({ walkIn }) => walkIn?.fullName === 'Impatient Sample');
    expect(entered).toHaveLength(1);
  });

  it('check in whom they found once, and see the welcome', async () => {
    const guest = await app.invite({ name: 'Found Sample' });
    page = await app.phone();
    await button('Find someone').click();
    await page.getByLabel('Name, organisation or reference').fill('Found');
    await page.getByLabel('Name, organisation or reference').press('Enter');
    await button('Mark as came: Found Sample').click();
    await twice(button('Their phone is empty'));
    await page.locator('.verdict.go').waitFor();
    await sent();
    expect([await page.locator('.verdict.go').count(), scansOf(guest.ticket).length]).toEqual([1, 1]);
  });

  it('take back once, and are told that it was', async () => {
    const guest = await app.invite();
    page = await app.phone({ list: 'hall' });
    await scanned(page, guest.code);
    await next(page);
    await page.locator('.last').getByRole('button', { name: 'Undo' }).dblclick();
    await expect.poll(() => page.locator('.note').textContent()).toBe('Taken back.');
    await expect.poll(() => scansOf(guest.ticket).map(({ kind }) => kind)).toEqual(['in', 'undo']);
  });

  it('go one step back, and not out of the app', async () => {
    const [one, other] = [await app.invite(), await app.invite()];
    page = await app.phone();
    await twice(button('Settings').last());
    await page.getByRole('heading', { name: 'Ready for the doors?' }).waitFor();
    await twice(button('Back'));
    await page.locator('.scan').waitFor();
    expect(await scanned(page, one.code)).toBe('go');
    await next(page);
    await button('Other list').click();
    await twice(page.locator('.doors button[value=hall]'));
    await page.locator('.scan').waitFor();
    expect(await scanned(page, other.code)).toBe('go');
    await next(page);
    expect(page.url()).toBe(app.server.url);
  });
});

describe('two things at one moment', () => {
  it('let in nobody but whom staff saw', async () => {
    const cancelled = await app.invite({ isConfirmed: false });
    const stranger = app.event.issue({ ticketId: new Uint8Array(12).fill(7) });
    page = await app.phone();
    expect(await scanned(page, stranger)).toBe('ask');
    // A scanner with keys reads the next ticket the moment before the press.
    await page.evaluate((text) => {
      for (const key of [...text, 'Enter']) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      }
      const buttons = [...document.querySelectorAll<HTMLElement>('.verdict button')];
      buttons.find(({ textContent }) => textContent === 'Let in anyway')?.click();
    }, cancelled.code);
    await page.locator('.verdict.stop').waitFor();
    await next(page);
    await sent();
    expect(scansOf(cancelled.ticket)).toEqual([]);
  });
});

describe('a phone that is full', () => {
  it('still speaks another language, and is silent where that is wanted', async () => {
    page = await app.phone({
      before: "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }",
    });
    await button('Settings').last().click();
    await page.getByLabel('Sound with each verdict').uncheck();
    expect(await page.getByLabel('Sound with each verdict').isChecked()).toBe(false);
    await page.getByLabel('ខ្មែរ').check();
    await page.getByRole('heading', { name: 'ការកំណត់' }).first().waitFor();
  });

  it('says so where a direction cannot be kept, and shows the one that holds', async () => {
    page = await app.phone();
    await changeList(page, 'room');
    await page.context().setOffline(true);
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('', 'QuotaExceededError');
      };
    });
    await page.getByLabel('Leaving').click();
    await page.getByText('This phone is full').waitFor();
    await expect.poll(() => page.getByLabel('Coming in').isChecked()).toBe(true);
    expect(await page.locator('.scan.in').count()).toBe(1);
  });
});
