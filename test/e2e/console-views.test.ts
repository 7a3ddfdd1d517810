import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPeople } from '../../bench/people.ts';
import { grant, openAs } from './console.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf } from './views.ts';

/** Where it stands in the files that look at how screens come out. */
const SHOTS = process.env['PLENARY_SHOTS'];

let site: Site;
let people: Site;
beforeAll(async () => {
  site = await openSite();
  people = { ...site, eventId: 'views-of-many' };
  await registerPeople(site.system, people.eventId, 30, (each) => ({
    fullName: `Person ${String(each).padStart(3, '0')}`,
    country: ['KH', 'TH', 'LA'][each % 3] ?? 'KH',
  }));
  await grant(people, 'organiser', 'Organiser', [{ role: 'organiser' }]);
  await grant(people, 'focal-point-cambodia', 'Focal point', [{ role: 'focal-point', countries: ['LA'] }]);
});
afterAll(() => site?.stop());

const found = (page: Page, text: string): Promise<void> => page.locator('.found b', { hasText: text }).waitFor();
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS === undefined) return;
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true });
  }
};

describe('a saved view of the list', () => {
  it('is saved without what was searched for, opened by a press, renamed, overwritten and deleted', async () => {
    const page = await openAs(people, 'Organiser', '/registrations?q=Person&country=TH&sort=name&columns=country');
    await found(page, '10 people found');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByText('What was searched for, and texts that were typed, are not saved').waitFor();
    await shot(page, 'views-save');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').getByRole('link', { name: 'Name of the view' }).click();
    await page.getByLabel('Name of the view').fill('Thai');
    await page.keyboard.press('Enter');
    await page.getByText('The view “Thai” is saved.').waitFor();

    await page.goto(page.url().replace(/\?.*/, ''));
    await found(page, '30 people found');
    await page.getByRole('button', { name: 'Saved views' }).click();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Thai');
    await page.keyboard.press('Enter');
    await found(page, '10 people found');
    expect(new URL(page.url()).search).toBe('?country=TH&sort=name&columns=country');
    await page.getByText('View: Thai.').waitFor();
    await page.getByRole('button', { name: 'Change: Thai' }).click();
    await shot(page, 'views-change');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Name of the view').fill('Thailand');
    await page.getByRole('button', { name: 'Save the name' }).click();
    await page.getByText('View: Thailand.').waitFor();

    await page.goto(`${page.url().replace(/\?.*/, '')}?country=KH&country=LA`);
    await found(page, '20 people found');
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('button', { name: 'Change: Thailand' }).click();
    await page.getByRole('button', { name: 'Overwrite “Thailand”' }).click();
    await page.getByText('What it was before is lost.').waitFor();
    await page.getByRole('button', { name: 'Overwrite it' }).click();
    await page.getByText('View: Thailand.').waitFor();

    const other = await openAs(people, 'Focal point for Cambodia', '/registrations');
    await other.getByRole('button', { name: 'Saved views' }).click();
    await other.getByRole('link', { name: 'Thailand' }).click();
    await found(other, '10 people found');
    await other.getByText('View: Thailand.').waitFor();
    expect(await other.getByRole('button', { name: 'Change: Thailand' }).count()).toBe(0);
    await other.context().close();

    await page.getByRole('button', { name: 'Change: Thailand' }).click();
    await page.getByRole('button', { name: 'Delete “Thailand”' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByText('The view “Thailand” is deleted.').waitFor();
    await page.getByText('No view is saved yet.').waitFor();
    await page.context().close();
  });
});
